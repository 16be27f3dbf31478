import { createHmac, timingSafeEqual } from 'node:crypto';

/** Bytes of a document, as it comes and as it is kept. */
export const MOST_BYTES = 10_000_000;

export const MEDIA_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

/** How a document is called when it leaves: its kind and nothing else. */
export const FILE_NAMES: Readonly<Record<MediaType, string>> = {
  'image/jpeg': 'document.jpg', 'image/png': 'document.png', 'image/webp': 'document.webp', 'application/pdf': 'document.pdf',
};

/** Why a document is wrong. */
export const WITHDRAWAL_REASONS = ['wrong_person', 'wrong_document', 'unreadable', 'no_consent'] as const;
export type WithdrawalReason = (typeof WITHDRAWAL_REASONS)[number];

const ID_BYTES = 16;
const UNTIL_BYTES = 6;
const MAC_BYTES = 32;

/** The bytes by which a document is known again when it is sent twice: useless without the key. */
export function knownBy(key: Uint8Array, bytes: Uint8Array): string {
  return createHmac('sha256', key).update('document:').update(bytes).digest('base64url');
}

/**
 * What opens one document until a moment, in the hands of one session and no other: the id, the moment and a keyed hash
 * of both with the session. Who finds it learns nothing from it and can do nothing with it.
 */
export function makeLink(key: Uint8Array, documentId: string, until: Date, sessionId: string): string {
  const told = Buffer.alloc(ID_BYTES + UNTIL_BYTES);
  told.write(documentId.replaceAll('-', ''), 'hex');
  told.writeUIntBE(until.getTime(), ID_BYTES, UNTIL_BYTES);
  return Buffer.concat([told, mac(key, told, sessionId)]).toString('base64url');
}

/** The document and the moment of a link that was made for this session; undefined for anything else. */
export function readLink(key: Uint8Array, link: string, sessionId: string): { readonly documentId: string; readonly until: Date } | undefined {
  const bytes = Buffer.from(link, 'base64url');
  // Another spelling of the same bytes is another link.
  if (bytes.length !== ID_BYTES + UNTIL_BYTES + MAC_BYTES || bytes.toString('base64url') !== link) return undefined;
  const told = bytes.subarray(0, ID_BYTES + UNTIL_BYTES);
  if (!timingSafeEqual(bytes.subarray(ID_BYTES + UNTIL_BYTES), mac(key, told, sessionId))) return undefined;
  const documentId = told.toString('hex', 0, ID_BYTES).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { documentId, until: new Date(told.readUIntBE(ID_BYTES, UNTIL_BYTES)) };
}

function mac(key: Uint8Array, told: Uint8Array, sessionId: string): Buffer {
  return createHmac('sha256', key).update('document-link:').update(told).update(sessionId).digest();
}
