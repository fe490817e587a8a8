/**
 * Names most people know, of several languages: a hint where capitals say nothing, as in German, and a vote for what sort of
 * thing is meant. Never makes an entity of a word that is not capitalised, and no topic of anything. Scripts without capitals have lists
 * of their own.
 */
import type { EntityType } from '@vivim/contract/profile';
import { evenWord } from '../../space/words/even-word.ts';
import { countryNames } from './country-names.ts';
import { givenNames, places as placesOfScripts } from './names-of-scripts.ts';

const split = (words: string): string[] => words.trim().split(/\s+/);

const people = split(`
Emma Olivia Ava Sophia Isabella Mia Charlotte Amelia Harper Evelyn Abigail Emily Ella Elizabeth Camila Luna Sofia Avery Mila Aria
Scarlett Penelope Layla Chloe Victoria Madison Eleanor Nora Hannah Lily Zoe Stella Lucy Anna Sarah Sara Laura Julia Lena Lea
Leonie Marie Clara Klara Johanna Katharina Katrin Sabine Petra Monika Ursula Heike Anja Claudia Birgit Greta Frieda Ida Lotte Maja
Marta Maria Carmen Lucia Paula Elena Ines Inés Pilar Teresa Beatriz Ana Catarina Giulia Chiara Francesca Alessia Martina Camille
Manon Léa Chloé Inès Juliette Amélie Céline Élodie Margaux Sophie Isabelle Nathalie Sanne Femke Anouk Fatima Aisha Leila Yasmin Priya
Ananya Mei Yuki Sakura Hana Olga Irina Natasha Svetlana Katya Ingrid Astrid Freya Caroline Melanie Jennifer Jessica Ashley Amanda
Nicole Rachel Rebecca Megan Karen Susan Linda Barbara Patricia Deborah Maya Priscilla Joanna Naomi Ruth Esther Miriam
Liam Noah Oliver Elijah James William Benjamin Lucas Henry Theodore Jack Levi Alexander Jackson Mateo Daniel Michael Mason Sebastian
Ethan Logan Owen Samuel Jacob Asher Aiden John Joseph David Leo Luke Julian Hudson Grayson Matthew Ezra Gabriel Carter Isaac Luca
Anthony Thomas Tom Charles Christopher Josh Andrew Nathan Adrian Christian Ryan Max Paul Felix Jonas Leon Finn Elias Tim Lukas
Moritz Niklas Tobias Florian Stefan Andreas Klaus Jürgen Wolfgang Dieter Uwe Hans Karl Otto Fritz Anton Emil Kurt Matthias Markus
Pedro Pablo Diego Javier Carlos Luis Jorge Miguel Juan José Antonio Manuel Alejandro Tiago João Rui Nuno Marco Matteo Lorenzo Giovanni
Paolo Pierre Jean Louis Hugo Jules Antoine Nicolas Julien François Mathieu Olivier Guillaume Daan Sem Bram Pieter Mohammed Ahmed Omar
Ali Hassan Ibrahim Raj Arjun Rohan Wei Kenji Hiroshi Takeshi Ivan Dmitri Sergei Igor Lars Erik Sven Nils Bjorn Magnus Robert Richard
Steven Kevin Brian George Edward Ronald Timothy Jason Jeffrey Gary Eric Stephen Jonathan Larry Justin Scott Brandon Frank Gregory
Peter Patrick Sam Ben Alex Chris Nick Mike Dave Steve Joe Bob Jim Bill Dan Matt Rob Tony Ned Ollie Theo Malik`);

const places = split(`
London Paris Berlin Madrid Rome Roma Lisbon Lisboa Porto Barcelona Valencia Sevilla Vienna Wien Zürich Zurich Geneva Genf Bern Basel
Munich München Hamburg Köln Cologne Frankfurt Stuttgart Leipzig Dresden Düsseldorf Bremen Hannover Nürnberg Freiburg Amsterdam
Rotterdam Utrecht Brussels Brüssel Antwerp Copenhagen Kopenhagen Oslo Stockholm Helsinki Dublin Edinburgh Glasgow Manchester Bristol
Oxford Cambridge Milan Milano Turin Torino Florence Firenze Naples Napoli Venice Venezia Lyon Marseille Toulouse Bordeaux Prague
Prag Warsaw Budapest Athens Istanbul Moscow Kyiv Cairo Nairobi Lagos Dubai Delhi Mumbai Bangalore Beijing Shanghai Shenzhen Tokyo
Kyoto Osaka Seoul Singapore Bangkok Hanoi Jakarta Manila Sydney Melbourne Auckland Toronto Montreal Vancouver Boston Chicago Seattle
Portland Denver Austin Dallas Houston Miami Atlanta Philadelphia Detroit Phoenix Germany Deutschland Austria Österreich Switzerland
Schweiz France Frankreich Spain Spanien España Portugal Italy Italien Italia England Scotland Ireland Netherlands Belgium Denmark
Sweden Norway Finland Poland Greece Turkey Russia Ukraine Egypt Kenya Nigeria India China Japan Korea Thailand Vietnam Indonesia
Australia Canada Mexico Brazil Argentina Chile Peru Colombia Europe Europa Africa Asia America California Texas Florida Hawaii Alaska
Bavaria Bayern Tuscany Andalusia Provence`);

const organisations = split(`
Google Microsoft Apple Amazon Facebook Netflix Siemens Bosch Volkswagen BMW Mercedes Toyota Samsung Sony IBM Intel Nvidia OpenAI
Anthropic Spotify Airbnb Uber Lufthansa Allianz Deutsche_Bahn NASA UNESCO WHO Ikea Aldi Lidl Walmart Stripe PayPal`);

const tools = split(`
Python JavaScript TypeScript Java Rust Ruby PHP Kotlin Swift Docker Kubernetes Postgres PostgreSQL MySQL SQLite Redis MongoDB Kafka
React Vue Angular Svelte Node Django Flask Rails Laravel Linux Ubuntu Debian Windows macOS Android Git GitHub GitLab Jira Slack Notion
Figma Excel Photoshop Terraform Ansible Jenkins Grafana Prometheus Nginx Apache PyTorch TensorFlow Pandas NumPy ChatGPT Claude Gemini
Copilot Obsidian Zotero LaTeX Blender Unity Ableton Lightroom FastAPI Flutter Gradle Vite Vitest Firebase Supabase
Telegram WhatsApp Signal Home_Assistant Raspberry_Pi Elasticsearch Bash Play_Store App_Store Zoom Skype WebEx Trello Asana Canva Grammarly Scrivener Illustrator`);

const known = new Map<string, EntityType>();
for (const [list, type] of [
  [tools, 'tool'],
  [organisations, 'organisation'],
  [places, 'place'],
  [people, 'person'],
] as const)
  for (const name of list) known.set(name.replaceAll('_', ' ').toLowerCase(), type);

const cyrillic = /[\u0400-\u052f]/;
/** By its evened form, what somebody or some place is called where nothing is done to them. */
const citations = new Map<string, string>();
let knowsRussian = false;
/** Made when first asked: names in any of their cases. */
function learnRussian(): void {
  knowsRussian = true;
  for (const place of [...(placesOfScripts.ru ?? []), ...countryNames('ru')]) learn(place, 'place');
  for (const person of givenNames.ru ?? []) learn(person, 'person');
}
function learn(name: string, type: EntityType): void {
  known.set(evenWord(name.toLowerCase()), type);
  citations.set(evenWord(name.toLowerCase()), name.slice(0, 1).toUpperCase() + name.slice(1));
}

/** "Грузию" as "Грузия"; any other name as it is written. */
export function asCited(name: string): string {
  if (!cyrillic.test(name)) return name;
  if (!knowsRussian) learnRussian();
  return citations.get(evenWord(name.toLowerCase())) ?? name;
}
function knownName(lower: string): EntityType | undefined {
  if (!cyrillic.test(lower)) return known.get(lower);
  if (!knowsRussian) learnRussian();
  return known.get(evenWord(lower));
}

/** What a name most people know mostly is; of more words, what its first is where that is a person's. Null for others. */
export function knownAs(name: string): EntityType | null {
  const lower = name.toLowerCase();
  const whole = knownName(lower);
  if (whole !== undefined) return whole;
  const [first, ...rest] = lower.split(' ');
  return rest.length > 0 && rest.length <= 2 && knownName(first ?? '') === 'person' ? 'person' : null;
}
