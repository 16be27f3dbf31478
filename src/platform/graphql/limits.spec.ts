import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildSchema, execute, getVariableValues, parse, validate } from 'graphql';
import type { OperationDefinitionNode } from 'graphql';
import { LIMITS, measure } from './limits.js';
import type { Measure } from './limits.js';

const schema = buildSchema(`
  type Query { node: Node! nodes(first: Int! = 3): [Node!]! page(first: Int! = 2): NodeConnection! either: Either }
  type Node { id: ID self: Node! list(first: Int! = 2): [Node!]! page(first: Int! = 2): NodeConnection! bare: [Node!]! either: Either }
  type NodeConnection { nodes: [Node!]! edges: [Edge!]! total: Int }
  type Edge { node: Node! }
  union Either = Node | Edge
`);

function measured(text: string, given: Record<string, unknown> = {}): Measure {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  const operation = document.definitions[0] as OperationDefinitionNode;
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], given);
  return measure(schema, document, operation, coerced ?? {});
}

/** The fullest answer there can be: every list holds what was asked for. */
function fullest(first: number): object {
  const node: Record<string, unknown> = { __typename: 'Node', id: 'x' };
  node['self'] = () => node;
  const many = ({ first: count }: { first: number }): unknown[] => Array.from({ length: count }, () => node);
  const page = ({ first: count }: { first: number }): object => ({
    nodes: many({ first: count }), edges: many({ first: count }).map(() => ({ __typename: 'Edge', node })), total: first,
  });
  return Object.assign(node, { list: many, nodes: many, page, node, either: node, bare: () => many({ first: LIMITS.undeclaredList }) });
}

function objectsIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + objectsIn(each), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce<number>((sum, each) => sum + objectsIn(each), 1);
}

const size = fc.constantFrom('', '(first: 1)', '(first: 4)', '(first: $n)');
const { selection } = fc.letrec<{ selection: string }>((tie) => ({
  selection: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constant('{ id }'),
    tie('selection').map((inner) => `{ self ${inner} }`),
    fc.tuple(size, tie('selection')).map(([first, inner]) => `{ list${first} ${inner} }`),
    fc.tuple(size, tie('selection')).map(([first, inner]) => `{ page${first} { total nodes ${inner} } }`),
    size.map((first) => `{ page${first} { ...P } }`),
    fc.tuple(size, tie('selection')).map(([first, inner]) => `{ page${first} { edges { node ${inner} } } }`),
    fc.tuple(tie('selection'), tie('selection')).map(([one, other]) => `{ a: self ${one} b: self ${other} ... on Node { id } }`),
  ),
}));

describe('the cost of an operation', () => {
  it('is the number of objects in the fullest answer there can be', () => {
    fc.assert(
      fc.property(selection, fc.integer({ min: 0, max: 5 }), (inner, n) => {
        const text = `query Q($n: Int! = 3) { node ${inner} page(first: $n) { ...P } again: page { ...P } } fragment P on NodeConnection { nodes { id list(first: $n) { id } } }`;
        const answer = execute({ schema, document: parse(text), rootValue: fullest(n), variableValues: { n } }) as { data: unknown; errors?: unknown };
        expect(answer.errors).toBeUndefined();
        // The answer itself is an object, but nobody asked for it.
        expect(measured(text, { n }).objects).toBe(objectsIn(answer.data) - 1);
      }),
      { seed: 20_260_615, numRuns: 200 },
    );
  });

  it('counts 100 for a list that says nothing, and both arms of a union', () => {
    expect(measured('{ node { bare { id } } }').objects).toBe(101);
    expect(measured('{ either { ... on Node { self { id } } ... on Edge { node { id } } } }').objects).toBe(3);
  });

  it('takes defaults of the schema and of the operation, and nothing below nought', () => {
    expect(measured('{ nodes { id } }').objects).toBe(3);
    expect(measured('query Q($n: Int! = 7) { nodes(first: $n) { id } }').objects).toBe(7);
    expect(measured('{ nodes(first: -5) { id } node { id } }').objects).toBe(1);
  });
});

describe('the measure of an operation', () => {
  it('opens fragments for depth, aliases, directives and fields, and counts the schema apart', () => {
    const text = `query Q { a: node @include(if: true) { ...F } ... @skip(if: false) { ...R } __schema { types { fields { name } } } __typename }
      fragment F on Node { self { x: id } } fragment R on Query { b: node { ...F } }`;
    expect(measured(text)).toEqual({ depth: 3, aliases: 4, directives: 2, objects: 4, fields: 3, schema: { depth: 4, lists: 2, nesting: 2 } });
  });
});
