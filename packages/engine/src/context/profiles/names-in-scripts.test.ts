/** Names in text without capitals are told by what stands beside them, and little else is taken for one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namesInScripts } from './names-in-scripts.ts';
import { rolesBeside } from './roles-of-scripts.ts';

const told = (text: string): string[] => namesInScripts(text).map(({ name, type }) => `${type} ${name}`);

describe('names without capitals', () => {
  it.each([
    ['整形外科の山本先生に会いました。', ['person 山本先生']],
    ['エマさんと話しました。', ['person エマ']],
    ['娘の美咲が保育園に行きます。', ['person 美咲']],
    ['楽天銀行に借り換えました。', ['organisation 楽天銀行']],
    ['韓国と札幌に行きます。', ['place 韓国', 'place 札幌']],
    ['张医生说没事。', ['person 张医生']],
    ['我儿子小宇上学了。', ['person 小宇']],
    ['乐乐很高兴。', ['person 乐乐']],
    ['我们从成都去玉龙雪山。', ['place 成都', 'place 玉龙雪山']],
    ['박지영 선생님께 여쭤봤어요.', ['person 박지영 선생님']],
    ['서연이가 부산에서 왔어요.', ['person 서연', 'place 부산']],
    ['قالت المعلمة هناء إن ليان ذكية.', ['person هناء', 'person ليان']],
    ['سافرنا إلى إسطنبول وتركيا.', ['place إسطنبول', 'place تركيا']],
    ['डॉक्टर मेहता ने आरव को देखा।', ['person मेहता', 'person आरव']],
    ['पिछोला झील उदयपुर में है।', ['place पिछोला झील', 'place उदयपुर']],
  ])('%s', (text, names) => expect(told(text)).toEqual(names));

  it.each([
    '皆さん、お客さんが来ました。',
    'お母さんと先生が話しました。',
    '大理石的台面很好看。',
    '小猫在小区里。',
    '我想试试，慢慢练练，天天听听。',
    '선생님과 손님이 오셨어요.',
    'المعلم يشرح الدرس.',
    'नई मैडम आईं।',
    'Emma lives in Lisbon.',
  ])('are not in: %s', (text) => expect(told(text)).toEqual([]));

  it.each([
    ['娘の美咲は三歳です。', [{ role: 'daughter', name: '美咲' }]],
    ['我老公小明很忙。', [{ role: 'husband', name: '小明' }]],
    ['우리 딸 서연이가 웃어요.', [{ role: 'daughter', name: '서연' }]],
    ['ابنتي ليان تقرأ.', [{ role: 'daughter', name: 'ليان' }]],
    ['बेटे आरव को बुखार है।', [{ role: 'son', name: 'आरव' }]],
    ['Сын Миша болеет.', [{ role: 'son', name: 'Миша' }]],
    ['私の妻が言いました。', [{ role: 'wife', name: null }]],
  ])('with what somebody is to the person: %s', (text, roles) =>
    expect(rolesBeside(text, namesInScripts(text))).toEqual(roles),
  );

  it('can be looked for in any text, and do not overlap', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        let end = 0;
        for (const name of namesInScripts(text)) {
          expect(name.start).toBeGreaterThanOrEqual(end);
          expect(text.slice(name.start, name.end)).toBe(name.name);
          end = name.end;
        }
      }),
    );
  });
});
