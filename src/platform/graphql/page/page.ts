import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../../errors.js';
import { DOOR, isDoor } from '../http-door.js';
import { encoded, encodingFor, readAssets } from './assets.js';
import type { Asset } from './assets.js';
import { allExamples } from './examples.js';
import type { Example } from './examples.js';

/** Own files only: no inline script, no other host. GraphiQL's icons and fonts are `data:` in its sheet. */
export const PAGE_POLICY = [
  `default-src 'none'`, `script-src 'self'`, `style-src 'self'`, `img-src 'self' data:`, `font-src 'self' data:`, `connect-src 'self'`,
  `base-uri 'none'`, `form-action 'none'`, `frame-ancestors 'none'`,
].join('; ');

const ASSETS = '/graphql/assets/:version/:name';

/** Serves GraphiQL to browsers at GraphQL's own address. */
export async function servePage(instance: FastifyInstance): Promise<void> {
  const assets = await readAssets();

  instance.addHook('onRequest', async (request, reply) => {
    if (request.method !== 'GET' || !isDoor(request) || !wantsPage(request)) return;
    return reply.type('text/html; charset=utf-8').header('content-security-policy', PAGE_POLICY).header('vary', 'accept').send(pageOf(assets, allExamples()));
  });

  // One-time links begin at the register's own address; what stands behind their "#" follows a redirect in the browser.
  instance.get('/', async (request, reply) => {
    if (!/^\s*text\/html\b/.test(request.headers.accept ?? '')) throw new Problem('NOT_FOUND', 'door.NO_PAGE');
    return reply.redirect(DOOR, 302);
  });

  instance.get<{ Params: { version: string; name: string } }>(ASSETS, async (request, reply) => {
    const found = assets.get(request.params.name);
    if (found === undefined || found.version !== request.params.version) throw new Problem('NOT_FOUND', 'door.NO_PAGE');
    return sendAsset(request, reply, found);
  });
}

async function sendAsset(request: FastifyRequest, reply: FastifyReply, found: Asset): Promise<FastifyReply> {
  const encoding = encodingFor(request.headers['accept-encoding']);
  if (encoding !== 'identity') void reply.header('content-encoding', encoding);
  return reply
    .type(found.type)
    // The address holds the hash of the bytes: what is there never changes.
    .header('cache-control', 'public, max-age=31536000, immutable')
    .header('vary', 'accept-encoding')
    .send(await encoded(found, encoding));
}

/** A browser's address line says `text/html` first; a program does not. A query in the address is a program's. */
function wantsPage(request: FastifyRequest): boolean {
  return /^\s*text\/html\b/.test(request.headers.accept ?? '') && new URL(request.url, 'http://door').searchParams.get('query') === null;
}

/** The page: what a person reads before she begins, GraphiQL, and the examples as data. */
export function pageOf(assets: ReadonlyMap<string, Asset>, examples: readonly Example[]): string {
  const at = (name: string): string => `/graphql/assets/${assets.get(name)?.version ?? ''}/${name}`;
  // A "<" in data would end the element it stands in.
  const data = JSON.stringify(examples).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="km">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The register · GraphQL</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${at('graphiql.css')}">
<link rel="stylesheet" href="${at('page.css')}">
</head>
<body>
<header id="hint">
<p lang="km">សូមបំពេញឈ្មោះ និងពាក្យសម្ងាត់ក្នុង Variables រួចដំណើរការ <code>signIn</code>។ ទំព័រនេះរក្សាសិទ្ធិចូលប្រើរហូតដល់អ្នកបិទវា ឬដាក់ <code>{"authorization": "Bearer …"}</code> ក្នុង Headers។</p>
<p lang="en">Fill in name and password under Variables, then run <code>signIn</code>. The page keeps your token until you close it; or give another as <code>{"authorization": "Bearer …"}</code> under Headers.</p>
<label>ផ្ញើឯកសារ · Send a document<input type="file" id="document" accept="image/jpeg,image/png,image/webp,application/pdf"></label>
<output id="sent"></output>
<span id="status"></span>
</header>
<div id="graphiql"></div>
<script type="application/json" id="examples">${data}</script>
<script src="${at('react.js')}"></script>
<script src="${at('react-dom.js')}"></script>
<script src="${at('graphiql.js')}"></script>
<script src="${at('start.js')}"></script>
</body>
</html>
`;
}
