/**
 * Memories of somebody who teaches, cooks, climbs and keeps the books of a choir, and messages with the memories each is about: our
 * own, in other domains than any published set, so that what chooses memories is held to more than one.
 */
import type { MemoryRequest } from '@vivim/contract/memory';

export interface Kept extends Partial<MemoryRequest> {
  readonly key: string;
  readonly text: string;
  readonly kind: MemoryRequest['kind'];
}

const school = ['school'];
const kitchen = ['kitchen'];
const choir = ['choir'];
const climbing = ['climbing'];

export const kept: readonly Kept[] = [
  { key: 'short', kind: 'preference', text: 'Wants answers without greetings.', pinned: true },
  {
    key: 'grades',
    kind: 'entity',
    scopes: school,
    name: 'gradebook',
    aliases: ['Notenbuch', 'grade sheet'],
    text: 'Grades are kept in a LibreOffice sheet, one tab for each class.',
  },
  {
    key: 'class-9b',
    kind: 'entity',
    scopes: school,
    name: '9b',
    aliases: ['class 9b', 'my ninth graders'],
    text: 'Class 9b has 27 pupils and is behind in mechanics.',
  },
  {
    key: 'lab',
    kind: 'decision',
    scopes: school,
    name: 'lab_reports',
    aliases: ['lab report', 'protocol'],
    text: 'Lab reports are handed in on paper, never as files.',
  },
  {
    key: 'seating',
    kind: 'open_question',
    scopes: school,
    pinned: true,
    name: 'seating_plan',
    aliases: ['seating'],
    text: 'Undecided between rows and tables of four.',
  },
  {
    key: 'exam',
    kind: 'decision',
    scopes: school,
    pinned: true,
    name: 'exam_format',
    aliases: ['exam'],
    text: 'Exams have five short questions and one long one.',
  },
  {
    key: 'oven',
    kind: 'entity',
    scopes: kitchen,
    name: 'oven',
    aliases: ['stove', 'Backofen'],
    text: 'The oven runs 15 degrees hot and has no fan.',
  },
  {
    key: 'sourdough',
    kind: 'entity',
    scopes: kitchen,
    name: 'sourdough starter',
    aliases: ['starter', 'levain', 'Bertha'],
    text: 'Bertha is a rye starter fed every evening.',
  },
  {
    key: 'knife',
    kind: 'preference',
    scopes: kitchen,
    name: 'knives',
    aliases: ['santoku', "chef's knife"],
    text: 'Uses a santoku, sharpened on a stone.',
  },
  {
    key: 'pressure',
    kind: 'preference',
    scopes: kitchen,
    name: 'pressure cooker',
    aliases: ['Instant Pot'],
    text: 'Prefers stewing on the stove over a pressure cooker.',
  },
  {
    key: 'tenors',
    kind: 'relation',
    scopes: choir,
    name: 'tenor section',
    aliases: ['tenors'],
    text: 'The tenors depend on Jakob, who leaves in June.',
    related: [],
  },
  {
    key: 'jakob',
    kind: 'entity',
    scopes: choir,
    name: 'Jakob',
    aliases: [],
    text: 'Jakob sings tenor and drives the van.',
  },
  {
    key: 'ledger',
    kind: 'entity',
    scopes: choir,
    name: 'ledger',
    aliases: ['books', 'GnuCash'],
    text: 'The choir keeps its accounts in GnuCash, dues in March.',
  },
  {
    key: 'hall',
    kind: 'open_question',
    scopes: choir,
    pinned: true,
    name: 'rehearsal_hall',
    aliases: ['hall', 'venue'],
    text: 'Looking for a hall for Thursdays.',
  },
  {
    key: 'rope',
    kind: 'entity',
    scopes: climbing,
    name: 'rope',
    aliases: ['dynamic rope'],
    text: 'The rope is 60 metres, bought in 2022.',
  },
  {
    key: 'grade',
    kind: 'fact',
    scopes: climbing,
    name: 'climbing grade',
    aliases: ['onsight', 'redpoint'],
    text: 'Climbs 6b onsight and 7a redpoint.',
  },
  {
    key: 'knee',
    kind: 'fact',
    scopes: climbing,
    name: 'knee injury',
    aliases: ['meniscus'],
    text: 'Left meniscus was torn in 2021; no heel hooks on that side.',
  },
];

export interface Asked {
  readonly scopes: readonly string[];
  readonly query: string;
  /** What must come as relevant, and nothing else. */
  readonly relevant: readonly string[];
  readonly pinned?: readonly string[];
  readonly questions?: readonly string[];
}

export const asked: readonly Asked[] = [
  {
    scopes: school,
    query: 'How do I add weights to the gradebook?',
    relevant: ['grades'],
    pinned: ['exam'],
    questions: ['seating'],
  },
  { scopes: school, query: 'Wie sortiere ich das Notenbuch nach Namen?', relevant: ['grades'] },
  { scopes: school, query: 'plan three lessons on mechanics for my ninth graders', relevant: ['class-9b'] },
  { scopes: school, query: 'What should a lab report contain?', relevant: ['lab'] },
  { scopes: school, query: 'write an exam for class 9b', relevant: ['class-9b'], pinned: ['exam'] },
  { scopes: school, query: 'how do I explain torque?', relevant: [] },
  { scopes: school, query: 'Is the oven too hot for bread?', relevant: [] },
  { scopes: school, query: 'my grdebook is a mess', relevant: ['grades'] },
  { scopes: school, query: 'motivate tired teenagers on Monday morning', relevant: [] },
  { scopes: kitchen, query: 'what temperature for focaccia in my oven?', relevant: ['oven'] },
  { scopes: kitchen, query: 'Bertha smells of acetone, is she dead?', relevant: ['sourdough'] },
  { scopes: kitchen, query: 'can I skip feeding the levain for a week?', relevant: ['sourdough'] },
  { scopes: kitchen, query: 'how often should I sharpen a santokku?', relevant: ['knife'] },
  { scopes: kitchen, query: 'goulash in the Instant Pot or on the stove?', relevant: ['pressure', 'oven'] },
  { scopes: kitchen, query: 'what wine goes with goulash?', relevant: [] },
  { scopes: kitchen, query: 'starters for a dinner of six', relevant: ['sourdough'] },
  { scopes: kitchen, query: 'convert cups to grams', relevant: [] },
  { scopes: choir, query: 'who could replace Jakob?', relevant: ['jakob'], questions: ['hall'] },
  { scopes: choir, query: 'warm-ups for the tenors', relevant: ['tenors', 'jakob'] },
  { scopes: choir, query: 'book the dues in GnuCash', relevant: ['ledger'] },
  { scopes: choir, query: 'a programme for Advent with pieces everybody knows', relevant: [] },
  { scopes: choir, query: 'draft a poster for the concert', relevant: [] },
  { scopes: climbing, query: 'is my rope still safe?', relevant: ['rope'] },
  { scopes: climbing, query: 'training plan from 6b onsight to 6c', relevant: ['grade'] },
  { scopes: climbing, query: 'exercises after a meniscus tear', relevant: ['knee'] },
  { scopes: climbing, query: 'best crags near Innsbruck', relevant: [] },
  { scopes: ['school', 'choir'], query: 'Jakob wants to join 9b for a day', relevant: ['jakob', 'class-9b'] },
  { scopes: [], query: 'what do you know about the rope?', relevant: [] },
  { scopes: ['garden'], query: 'When do I prune roses?', relevant: [] },
  { scopes: climbing, query: '', relevant: [] },
];
/** `tenors` ties these to itself. */
export const ties: readonly (readonly [from: string, to: readonly string[]])[] = [['tenors', ['jakob']]];
