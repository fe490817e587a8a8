/**
 * Branded ids: a string that went through one of these schemas cannot be mistaken for an id of another kind.
 *
 * Ids of captured things are content-addressed (base32 of SHA-256, RFC 4648 lower case without padding, 160 bits):
 * the same export imported twice, or on another server, gives the same ids. Ids of runs are UUIDs of version 7.
 */
import { z } from 'zod';

const addressed = (prefix: string) =>
  z.string().regex(new RegExp(`^${prefix}_[a-z2-7]{32}$`), `It must be an id that begins with ${prefix}_.`);

export const ConversationId = addressed('c').brand<'ConversationId'>();
export type ConversationId = z.infer<typeof ConversationId>;
export const MessageId = addressed('m').brand<'MessageId'>();
export type MessageId = z.infer<typeof MessageId>;
export const AcuId = addressed('a').brand<'AcuId'>();
export type AcuId = z.infer<typeof AcuId>;
export const TopicId = addressed('t').brand<'TopicId'>();
export type TopicId = z.infer<typeof TopicId>;
export const EntityId = addressed('e').brand<'EntityId'>();
export type EntityId = z.infer<typeof EntityId>;
export const BundleId = addressed('b').brand<'BundleId'>();
export type BundleId = z.infer<typeof BundleId>;
export const AttachmentId = addressed('f').brand<'AttachmentId'>();
export type AttachmentId = z.infer<typeof AttachmentId>;
export const MemoryId = addressed('k').brand<'MemoryId'>();
export type MemoryId = z.infer<typeof MemoryId>;
export const ProjectId = addressed('p').brand<'ProjectId'>();
export type ProjectId = z.infer<typeof ProjectId>;
export const SecretId = addressed('s').brand<'SecretId'>();
export type SecretId = z.infer<typeof SecretId>;
export const CorrectionId = addressed('r').brand<'CorrectionId'>();
export type CorrectionId = z.infer<typeof CorrectionId>;
export const ExclusionId = addressed('x').brand<'ExclusionId'>();
export type ExclusionId = z.infer<typeof ExclusionId>;
export const PinId = addressed('n').brand<'PinId'>();
export type PinId = z.infer<typeof PinId>;
export const ImportId = z.uuid().brand<'ImportId'>();
export type ImportId = z.infer<typeof ImportId>;
export const AssemblyId = z.uuid().brand<'AssemblyId'>();
export type AssemblyId = z.infer<typeof AssemblyId>;
export const AskedId = z.uuid().brand<'AskedId'>();
export type AskedId = z.infer<typeof AskedId>;
export const UserId = z.uuid().brand<'UserId'>();
export type UserId = z.infer<typeof UserId>;
export const StorageId = z.uuid().brand<'StorageId'>();
export type StorageId = z.infer<typeof StorageId>;

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** Two letters for every ten bits. */
const pairs = Array.from({ length: 1024 }, (_, ten) => `${alphabet[ten >> 5]}${alphabet[ten & 31]}`);

/** The {@link base32} of the bytes a hex text stands for. @param hex of whole groups of five digits, twenty bits each */
export function base32OfHex(hex: string): string {
  let text = '';
  for (let at = 0; at < hex.length; at += 5) {
    const twenty = Number.parseInt(hex.slice(at, at + 5), 16);
    text += `${pairs[twenty >> 10]}${pairs[twenty & 1023]}`;
  }
  return text;
}

/** RFC 4648 base32 in lower case without padding. */
export function base32(bytes: Uint8Array): string {
  let text = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet[(buffer >> bits) & 31];
    }
  }
  return bits > 0 ? text + alphabet[(buffer << (5 - bits)) & 31] : text;
}
