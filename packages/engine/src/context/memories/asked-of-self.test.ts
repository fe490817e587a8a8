import { describe, expect, it } from 'vitest';
import { askedOfSelf } from './asked-of-self.ts';

describe('what a question asks of its person', () => {
  it.each([
    ['What is my name?', 'name'],
    ['where do I live now', 'home'],
    ['How old am I?', 'age'],
    ['when is my birthday', 'birthday'],
    ['Where do I work?', 'employer'],
    ['What am I allergic to?', 'allergy:'],
    ['Wie heiße ich?', 'name'],
    ['wo wohne ich gerade', 'home'],
    ['Comment je m’appelle ?', 'name'],
    ['Où est-ce que j’habite ?', 'home'],
    ['¿Cómo me llamo?', 'name'],
    ['¿Dónde trabajo?', 'employer'],
    ['Onde eu moro?', 'home'],
    ['Come mi chiamo?', 'name'],
    ['Dove abito?', 'home'],
    ['What profession did I mention I work in?', 'occupation'],
    ['Which city did I say I live in?', 'home'],
    ['Who is my thesis supervisor?', 'relation:supervisor'],
    ['Who’s my piano teacher now?', 'relation:piano teacher'],
    ['What is my dentist called?', 'relation:dentist'],
    ['Wie heißt meine Steuerberaterin?', 'relation:tax adviser'],
    ['Qui est mon directeur de thèse ?', 'relation:supervisor'],
    ['¿Quién es mi casero?', 'relation:landlord'],
    ['Quem é a minha orientadora?', 'relation:supervisor'],
    ['Chi è il mio dentista?', 'relation:dentist'],
    ['Как меня зовут?', 'name'],
    ['我叫什么名字？', 'name'],
    ['私の仕事は何ですか', 'occupation'],
    ['내 이름이 뭐야', 'name'],
    ['ما اسمي؟', 'name'],
    ['मेरा नाम क्या है?', 'name'],
  ])('%s', (text, attribute) => {
    expect(askedOfSelf(text)?.attributes).toContain(attribute);
    expect(askedOfSelf(text)?.whole).toBe(false);
  });

  it.each([
    'Who am I?',
    'what do you know about me',
    'Wer bin ich?',
    '¿Quién soy?',
    'Chi sono?',
    'Кто я?',
    '我是谁？',
    'من أنا؟',
  ])('all of it: %s', (text) => expect(askedOfSelf(text)).toMatchObject({ whole: true }));

  it.each([
    'who am I meeting on Tuesday',
    'What is the name of the oven',
    'Who is my brother meeting on Tuesday for lunch?',
    'Wie heißt die Zahnärztin von Ilse?',
    'where does Ilse live',
    'How old is the oven?',
    'Wie heißt die Straße?',
    'what do you know about bread',
    '',
  ])('nothing: %s', (text) => expect(askedOfSelf(text)).toBeNull());
});
