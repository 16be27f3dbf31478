import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Which field of which row a sealed value belongs to: it opens nowhere else. */
export interface FieldPlace {
  readonly table: string;
  readonly field: string;
  readonly rowId: string;
}

/** Keys of 32 bytes by version, as `config.fieldKeys` gives them; the highest version seals. */
export type FieldKeys = ReadonlyMap<number, Uint8Array>;

/** A column that holds sealed values, in a table with an `id`. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
}

const sealed: SealedColumn[] = [];

/** Names a column of sealed values, and gives the place of one row's. What is named here is tried after a restore. */
export function defineSealed(table: string, column: string): (rowId: string) => FieldPlace {
  sealed.push({ table, column });
  return (rowId) => ({ table, field: column, rowId });
}

/** Every column that a room has named. */
export function sealedColumns(): readonly SealedColumn[] {
  return sealed;
}

const CIPHER = 'aes-256-gcm';
const VERSION_BYTES = 2;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD = VERSION_BYTES + NONCE_BYTES + TAG_BYTES;

function keyOf(keys: FieldKeys, version: number): Uint8Array {
  const key = keys.get(version);
  if (key === undefined) throw new Error(`FIELD_KEYS holds no key of version ${version}.`);
  return key;
}

function boundTo({ table, field, rowId }: FieldPlace): Buffer {
  return Buffer.from(JSON.stringify([table, field, rowId]));
}

/** Seals a text with the newest key: version, nonce, tag, then the sealed bytes. The same text never looks the same twice. */
export function sealField(keys: FieldKeys, place: FieldPlace, text: string): Uint8Array {
  return sealBytes(keys, place, Buffer.from(text, 'utf8'));
}

/** As {@link sealField}, for bytes: {@link HEAD} more of them come out than go in. */
export function sealBytes(keys: FieldKeys, place: FieldPlace, clear: Uint8Array): Uint8Array {
  const version = Math.max(...keys.keys());
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyOf(keys, version), nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(boundTo(place));
  const sealed = Buffer.concat([cipher.update(clear), cipher.final()]);
  const head = Buffer.alloc(VERSION_BYTES);
  head.writeUInt16BE(version);
  return Buffer.concat([head, nonce, cipher.getAuthTag(), sealed]);
}

/** Opens what was sealed for this place. Throws where a byte, the place or the key is another; what it held is in no message. */
export function openField(keys: FieldKeys, place: FieldPlace, sealed: Uint8Array): string {
  return openBytes(keys, place, sealed).toString('utf8');
}

/** As {@link openField}, for bytes. */
export function openBytes(keys: FieldKeys, place: FieldPlace, sealed: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (bytes.length < HEAD) throw new Error(`${place.table}.${place.field} holds no sealed value.`);
  const nonce = bytes.subarray(VERSION_BYTES, VERSION_BYTES + NONCE_BYTES);
  const decipher = createDecipheriv(CIPHER, keyOf(keys, bytes.readUInt16BE(0)), nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(boundTo(place));
  decipher.setAuthTag(bytes.subarray(VERSION_BYTES + NONCE_BYTES, HEAD));
  return Buffer.concat([decipher.update(bytes.subarray(HEAD)), decipher.final()]);
}
