import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';

/** One file of the program, as text and as a tree. */
export interface Source {
  /** From the root of the project, with "/". */
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
}

/** Makes a source of a text: the small tests of the rules feed bad ones. */
export function source(path: string, text: string): Source {
  return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true) };
}

/** Every TypeScript file below a folder of the project. */
export function sourcesOf(folder: string): Source[] {
  const root = resolve('.');
  const below = (at: string): string[] => readdirSync(at).flatMap((name) => {
    const path = join(at, name);
    return statSync(path).isDirectory() ? below(path) : path.endsWith('.ts') ? [path] : [];
  });
  return below(join(root, folder)).map((path) => source(relative(root, path).replaceAll('\\', '/'), readFileSync(path, 'utf8')));
}

/** The first folder below src: the room, `kernel` or `platform`; undefined for a file at the top and for the demonstration. */
export function roomOf(path: string): string | undefined {
  const [, room] = /^src\/([\w-]+)\//.exec(path) ?? [];
  return room === 'demo' ? undefined : room;
}

/** Every node of a tree. */
export function* nodes(node: ts.Node): Generator<ts.Node> {
  yield node;
  for (const child of node.getChildren()) yield* nodes(child);
}

/** The line a node begins on, counted from 1. */
export function lineOf(tree: ts.SourceFile, position: number): number {
  return tree.getLineAndCharacterOfPosition(position).line + 1;
}

/** What a file imports and re-exports, with its specifiers. */
export function importsOf({ tree }: Source): string[] {
  return tree.statements.flatMap((statement) =>
    (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) && statement.moduleSpecifier !== undefined && ts.isStringLiteral(statement.moduleSpecifier)
      ? [statement.moduleSpecifier.text]
      : [],
  );
}

/** The texts in a file, templates with `?` for what is filled in. */
export function textsOf({ tree }: Source): string[] {
  const found: string[] = [];
  for (const node of nodes(tree)) {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) found.push(node.text);
    if (ts.isTemplateExpression(node)) found.push([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('?'));
  }
  return found;
}
