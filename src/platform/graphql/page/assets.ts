import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { START_SCRIPT, STYLE } from './client.js';

/** A file that the page needs, under an address that changes with its bytes. */
export interface Asset {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
  readonly version: string;
}

/** A way to send fewer bytes, as the client says in `Accept-Encoding`. */
export type Encoding = 'br' | 'gzip' | 'identity';

const SCRIPT = 'text/javascript; charset=utf-8';
const SHEET = 'text/css; charset=utf-8';

const FROM_PACKAGES: readonly (readonly [name: string, packageName: string, file: string, type: string])[] = [
  ['react.js', 'react', 'umd/react.production.min.js', SCRIPT],
  ['react-dom.js', 'react-dom', 'umd/react-dom.production.min.js', SCRIPT],
  ['graphiql.js', 'graphiql', 'graphiql.min.js', SCRIPT],
  ['graphiql.css', 'graphiql', 'graphiql.min.css', SHEET],
];

const require = createRequire(import.meta.url);

/** Reads the page's files from the installed packages: nothing comes from another host, so that the page works without one. */
export async function readAssets(): Promise<ReadonlyMap<string, Asset>> {
  const installed = FROM_PACKAGES.map(async ([name, packageName, file, type]) => {
    const folder = dirname(require.resolve(`${packageName}/package.json`));
    // Source maps are not served; a browser's tools would ask for them in vain.
    const text = (await readFile(join(folder, file), 'utf8')).replace(/\n?(\/\/|\/\*)# sourceMappingURL=[^\n]*\s*$/, '\n');
    return asset(name, type, Buffer.from(text));
  });
  const own = [asset('start.js', SCRIPT, Buffer.from(START_SCRIPT)), asset('page.css', SHEET, Buffer.from(STYLE))];
  return new Map([...(await Promise.all(installed)), ...own].map((each) => [each.name, each]));
}

function asset(name: string, type: string, bytes: Buffer): Asset {
  return { name, type, bytes, version: createHash('sha256').update(bytes).digest('base64url').slice(0, 16) };
}

const packed = new Map<string, Promise<Buffer>>();

/** An asset's bytes in an encoding, computed once a process when first asked for. */
export function encoded(found: Asset, encoding: Encoding): Promise<Buffer> {
  if (encoding === 'identity') return Promise.resolve(found.bytes);
  const key = `${encoding} ${found.name} ${found.version}`;
  const known = packed.get(key);
  if (known !== undefined) return known;
  // Quality 5: 3.5 MB in a third of a second; 11 would take eight seconds for a tenth less.
  const made =
    encoding === 'br'
      ? promisify(brotliCompress)(found.bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: found.bytes.length } })
      : promisify(gzip)(found.bytes);
  packed.set(key, made);
  return made;
}

/** The best encoding of those the client takes. */
export function encodingFor(header: string | string[] | undefined): Encoding {
  const taken = String(header ?? '').toLowerCase().split(',').filter((part) => !/;\s*q=0(\.0*)?\s*$/.test(part)).map((part) => part.split(';')[0]?.trim());
  return taken.includes('br') ? 'br' : taken.includes('gzip') ? 'gzip' : 'identity';
}
