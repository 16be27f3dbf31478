import type { Operation } from './operations.js';

/** What an answer says. */
export type Verdict =
  | { readonly is: 'good'; readonly id: string | undefined; /** Rows of its page and where it ends. */ readonly page: { readonly rows: number; readonly after: string | null } | undefined }
  /** A refusal that may happen. */
  | { readonly is: 'refused'; readonly code: string }
  | { readonly is: 'wrong'; readonly code: string };

interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string }; readonly path?: readonly unknown[] }[];
}

/** Looks at the whole body: an answer of 200 that says nothing is no answer. */
export function judge(operation: Operation, status: number, body: string): Verdict {
  const wrong = (code: string): Verdict => ({ is: 'wrong', code });
  let answer: Answer;
  try {
    answer = JSON.parse(body) as Answer;
  } catch {
    return wrong(`HTTP ${status}, no JSON`);
  }
  const [error] = answer.errors ?? [];
  const may = (code: string): boolean => operation.write?.refusals.includes(code) === true;
  if (may(error?.extensions?.code ?? '')) return { is: 'refused', code: error?.extensions?.code ?? '' };
  if (error !== undefined) return wrong(`${error.extensions?.code ?? 'without a code'}${error.path === undefined ? '' : ` at ${error.path.filter((part) => typeof part === 'string').join('.')}`}`);
  if (status !== 200) return wrong(`HTTP ${status}`);
  const [root] = Object.values(answer.data ?? {});
  if (root === undefined || root === null || (typeof root === 'object' && Object.keys(root).length === 0 && !Array.isArray(root))) return wrong('empty');
  if (isObject(root) && typeof root['code'] === 'string' && (operation.class === 'statistics' || String(root['__typename']).endsWith('Refused'))) {
    return may(root['code']) ? { is: 'refused', code: root['code'] } : wrong(`refused ${root['code']}`);
  }
  if (operation.pages === undefined) return { is: 'good', id: isObject(root) && typeof root['id'] === 'string' ? root['id'] : undefined, page: undefined };
  const page = isObject(root) && 'nodes' in root ? root : isObject(root) ? Object.values(root)[0] : undefined;
  if (!isObject(page) || !Array.isArray(page['nodes']) || !isObject(page['pageInfo'])) return wrong('no page');
  const { hasNextPage, endCursor } = page['pageInfo'];
  if (hasNextPage === true && typeof endCursor !== 'string') return wrong('no cursor');
  return { is: 'good', id: undefined, page: { rows: page['nodes'].length, after: hasNextPage === true ? String(endCursor) : null } };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
