import { posix } from 'node:path';
import ts from 'typescript';
import { importsOf, lineOf, nodes, roomOf, textsOf } from './sources.js';
import type { Source } from './sources.js';

/** Who may import whom: each its left neighbours, nobody its right ones. */
export const ROOMS = [
  'kernel', 'platform', 'territory', 'institutions', 'staff', 'worklist', 'documents', 'carers', 'training', 'recruitment', 'children', 'placements', 'matching',
  'support', 'casework', 'strengthening', 'statistics', 'exchange',
] as const;

/** A rule reads one file and says, in a sentence each, what in it breaks the rule. */
export type Rule = (file: Source) => string[];

const rank = (room: string): number => (ROOMS as readonly string[]).indexOf(room);

/** Rooms import from left to right only; the kernel imports nothing, the platform knows no room. */
export const importsFlow: Rule = (file) => {
  const own = roomOf(file.path);
  if (own === undefined || !file.path.startsWith('src/')) return [];
  if (rank(own) < 0) return [`${file.path} is in a room that the table of rooms does not know: ${own}.`];
  const isTest = file.path.endsWith('.spec.ts');
  return importsOf(file).flatMap((specifier) => {
    if (!specifier.startsWith('.')) {
      return own === 'kernel' && !isTest && !specifier.startsWith('node:') ? [`${file.path} imports ${specifier}: the kernel imports nothing.`] : [];
    }
    const target = posix.normalize(posix.join(posix.dirname(file.path), specifier));
    const other = roomOf(target);
    if (other === undefined) return target.startsWith('src/') ? [`${file.path} imports ${target}: a room knows neither the top-level files nor the demonstration.`] : [];
    if (rank(other) < 0) return [`${file.path} imports ${target}: the table of rooms does not know ${other}.`];
    return rank(other) > rank(own) ? [`${file.path} imports ${target}: ${own} stands left of ${other} and may not know it.`] : [];
  });
};

/** One `../` leaves the room; the folders of the platform and of the demonstration need a second one. */
export const oneStepUp: Rule = (file) => {
  if (!file.path.startsWith('src/')) return [];
  const most = Math.max(1, file.path.split('/').length - 2);
  return importsOf(file)
    .filter((specifier) => specifier.split('../').length - 1 > most || (![undefined, 'platform'].includes(roomOf(file.path)) && specifier.startsWith('../../')))
    .map((specifier) => `${file.path} imports ${specifier}: an import climbs one folder.`);
};

/** A barrel hides who needs what. */
export const noBarrel: Rule = ({ path, tree }) => {
  if (/(^|\/)index\.ts$/.test(path)) return [`${path} is a barrel: import from the file that says it.`];
  const onlyPasses = tree.statements.length > 0 && tree.statements.every((statement) => ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined);
  return onlyPasses ? [`${path} only passes on what others say: import from them.`] : [];
};

/** Two modules that need each other are one, or are cut wrongly. */
export const noForwardRef: Rule = ({ path, tree }) => {
  const found = [...nodes(tree)].some((node) => ts.isIdentifier(node) && node.text === 'forwardRef');
  return found ? [`${path} uses forwardRef: cut the rooms so that they know each other in one direction.`] : [];
};

/** A file is read in one sitting. */
export const shortFile: Rule = ({ path, text }) => {
  const lines = text.trimEnd().split('\n').length;
  return lines > 400 ? [`${path} has ${lines} lines: 400 is the most.`] : [];
};

/** Who needs more than seven things does more than one. */
export const smallConstructor: Rule = ({ path, tree }) =>
  [...nodes(tree)].flatMap((node) =>
    ts.isConstructorDeclaration(node) && node.parameters.length > 7 ? [`${path}:${lineOf(tree, node.getStart())} has a constructor of ${node.parameters.length} parameters: 7 is the most.`] : [],
  );

/** A function fits on a screen. */
export const shortFunction: Rule = ({ path, tree }) =>
  [...nodes(tree)].flatMap((node) => {
    if (!ts.isFunctionLike(node) || !('body' in node) || node.body === undefined || isTestBlock(node)) return [];
    const lines = lineOf(tree, node.getEnd()) - lineOf(tree, node.getStart()) + 1;
    const name = node.name === undefined ? 'a function' : node.name.getText();
    return lines > 60 ? [`${path}: ${name} has ${lines} lines, 60 is the most.`] : [];
  });

/** The body of a `describe` is a list, not a function to be followed. */
function isTestBlock(node: ts.Node): boolean {
  return ts.isCallExpression(node.parent) && /^(describe|it|test)\b/.test(node.parent.expression.getText());
}

const SQL = /\b(select|insert into|update|delete from|from|join|references|create|grant)\b/i;

/** A room's SQL names its own tables and those of the rooms left of it. */
export const sqlStaysLeft: Rule = (file) => {
  const own = roomOf(file.path);
  if (own === undefined || file.path.endsWith('.spec.ts')) return [];
  const named = new Set(textsOf(file).filter((text) => SQL.test(text)).flatMap((text) => [...text.matchAll(/\b([a-z]+)\.[a-z_]+\b/g)].map(([, schema]) => schema ?? '')));
  return [...named].filter((schema) => rank(schema) > rank(own)).map((schema) => `${file.path} names a table of ${schema} in its SQL: ${own} stands left of it.`);
};

/** What is dear to load is loaded by one file, and that file only when a setting asks for it. */
const LAZY: readonly (readonly [dear: RegExp, by: string])[] = [
  [/^@opentelemetry\//, 'src/platform/tracing/otlp.ts'],
  [/^prom-client$/, 'src/platform/metrics/prometheus.ts'],
];

/** Who does not measure pays nothing for measuring. */
export const loadsLate: Rule = (file) =>
  importsOf(file).flatMap((specifier) => {
    const target = specifier.startsWith('.') ? posix.normalize(posix.join(posix.dirname(file.path), specifier)).replace(/\.js$/, '.ts') : specifier;
    return LAZY.filter(([dear, by]) => target === by || (dear.test(target) && file.path !== by)).map(([, by]) => `${file.path} imports ${specifier}: only ${by} does, and that is loaded when a setting asks for it.`);
  });

const UNWANTED: readonly (readonly [RegExp, string])[] = [
  [/\b(manager|repository|repo|source)\s*\.\s*(save|remove|softRemove)\s*\(/i, 'save and remove read before they write and cascade'],
  [/\bsynchronize\s*:\s*true/, 'the schema changes by migrations only'],
  [/\bcascade\s*:/, 'a cascade writes what nobody asked for'],
  [/\beager\s*:|\blazy\s*:\s*true/, 'a relation is read by a statement that somebody wrote'],
  [/@EventSubscriber|@(Before|After)(Insert|Update|Remove|Load)\b/, 'no hooks in the path of a write'],
];

/** TypeORM maps rows and nothing more. */
export const plainTypeOrm: Rule = ({ path, text }) =>
  path.endsWith('.spec.ts') ? [] : UNWANTED.filter(([pattern]) => pattern.test(text)).map(([, why]) => `${path} uses what this house does without in TypeORM: ${why}.`);

/** Bare, `platform.ids` is asked again for each row and reads a list of two hundred offices each time; inside a select it is asked once. */
export const scopeReadOnce: Rule = ({ path, text }) =>
  /any \(platform\.ids\(/i.test(text) ? [`${path} asks for the actor's offices once for each row: write any ((select platform.ids(...))::uuid[]).`] : [];

/** A test that does not run proves nothing; `skipped: why` on its line or beside it says why it is there. */
export const everyTestRuns: Rule = ({ path, text }) => {
  const lines = text.split('\n');
  return lines.flatMap((line, at) => {
    const marked = /\b(it|test|describe)(\.each\([^)]*\))?\.(only|skip|todo)\b|^\s*(xit|fit|xdescribe|fdescribe)\(/.test(line);
    return marked && !/skipped: \S/.test(lines.slice(Math.max(0, at - 1), at + 2).join('\n')) ? [`${path}:${at + 1} leaves tests out without saying why.`] : [];
  });
};

/** A folder of a room that holds its wiring and nothing else is an empty room. */
export function emptyRooms(paths: readonly string[]): string[] {
  const rooms = new Set(paths.map(roomOf).filter((room): room is string => room !== undefined && room !== 'kernel' && room !== 'platform'));
  return [...rooms].filter((room) => paths.filter((path) => roomOf(path) === room && !/\.module\.ts$|\.spec\.ts$/.test(path)).length === 0).map((room) => `src/${room} is an empty room: it appears with its first act.`);
}
