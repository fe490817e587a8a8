/** Topics and entities, and what each conversation contributes to them. One interface for each table. */
import type { Generated } from 'kysely';

export interface TopicTable {
  pk: Generated<number>;
  id: string;
  key: string;
  label: string;
  aliases_json: Generated<string>;
  conversations: Generated<number>;
  messages: Generated<number>;
  acus: Generated<number>;
  first_ms: number | null;
  last_ms: number | null;
  titled: Generated<number>;
  strength: Generated<number>;
  weight: Generated<number>;
  visible: Generated<number>;
  head_key: string | null;
  fold: Generated<string>;
  said: Generated<number>;
  pinned: Generated<number>;
  hidden: Generated<number>;
}

export interface TopicConversationTable {
  topic_pk: number;
  conversation_pk: number;
  titled: number;
  strength: number;
  messages: number;
  acus: number;
  first_ms: number | null;
  last_ms: number | null;
  forms_json: string;
  said_json: Generated<string>;
}

export interface TopicFormTable {
  topic_pk: number;
  kind: string;
  value: string;
  weight: number;
}

export interface TopicAcuTable {
  topic_pk: number;
  acu_pk: number;
  weight: number;
}

export interface TopicVectorTable {
  topic_pk: number;
  label: string;
  model: Generated<string>;
  vector: Uint8Array | null;
}

export interface EntityTable {
  pk: Generated<number>;
  id: string;
  key: string;
  name: string;
  type: string;
  aliases_json: Generated<string>;
  conversations: Generated<number>;
  messages: Generated<number>;
  acus: Generated<number>;
  first_ms: number | null;
  last_ms: number | null;
  titled: Generated<number>;
  strength: Generated<number>;
  weight: Generated<number>;
  visible: Generated<number>;
  head_key: string | null;
  fold: Generated<string>;
  said: Generated<number>;
  pinned: Generated<number>;
  hidden: Generated<number>;
}

export interface EntityConversationTable {
  entity_pk: number;
  conversation_pk: number;
  titled: number;
  strength: number;
  messages: number;
  acus: number;
  first_ms: number | null;
  last_ms: number | null;
  forms_json: string;
  said_json: Generated<string>;
}

export interface EntityFormTable {
  entity_pk: number;
  kind: string;
  value: string;
  weight: number;
}

export interface EntityAcuTable {
  entity_pk: number;
  acu_pk: number;
  weight: number;
}
