import {
  Kind, SchemaMetaFieldDef, TypeMetaFieldDef, coerceInputValue, getNamedType, getNullableType, isCompositeType, isInputType, isListType, isNonNullType, isUnionType,
  typeFromAST, valueFromAST,
} from 'graphql';
import type {
  DocumentNode, FieldNode, FragmentDefinitionNode, GraphQLCompositeType, GraphQLError, GraphQLField, GraphQLSchema, OperationDefinitionNode,
  SelectionNode, SelectionSetNode,
} from 'graphql';
import type { ApolloServerPlugin } from '@apollo/server';
import { Problem } from '../errors.js';
import type { FieldProblem } from '../errors.js';
import type { RequestContext } from './context.js';

/** What one request may ask for. A limit here is the only one: no library counts beside it. */
export const LIMITS = {
  /** Bytes of a body; uploads have a route of their own. */
  body: 100_000,
  /** Words and signs of a document. */
  tokens: 1_000,
  /** Levels of fields; a connection takes two. */
  depth: 12,
  aliases: 15,
  directives: 20,
  /** Objects that can come back. */
  objects: 5_000,
  /** What a list counts that declares no maximum. */
  undeclaredList: 100,
  /** Fields of a mutation: two acts in one request would be one answer for two outcomes. */
  mutationFields: 1,
  milliseconds: 10_000,
  /** A document of some megabytes from a telephone far out; everything else has three times the milliseconds above to arrive. */
  uploadMilliseconds: 180_000,
  answer: 1_000_000,
  /** The schema is asked for by tools: GraphiQL's own query is 15 deep, has 9 lists, 3 of them inside each other. */
  schema: { depth: 16, lists: 12, nesting: 3, answer: 4_000_000 },
} as const;

/** What an operation asks for, fragments opened. */
export interface Measure {
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
  readonly objects: number;
  /** Fields at the top, `__typename` apart. */
  readonly fields: number;
  /** The same for the part that asks for the schema itself. */
  readonly schema: { readonly depth: number; readonly lists: number; readonly nesting: number };
}

type Variables = Readonly<Record<string, unknown>>;

const NOTHING: Measure = { depth: 0, aliases: 0, directives: 0, objects: 0, fields: 0, schema: { depth: 0, lists: 0, nesting: 0 } };
const SCHEMA_LISTS = new Set(['types', 'directives', 'fields', 'args', 'inputFields', 'interfaces', 'possibleTypes', 'enumValues']);

/** Side by side: what adds up is added, what nests is the deeper one. */
function beside(a: Measure, b: Measure): Measure {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: a.aliases + b.aliases,
    directives: a.directives + b.directives,
    objects: a.objects + b.objects,
    fields: a.fields + b.fields,
    schema: {
      depth: Math.max(a.schema.depth, b.schema.depth),
      lists: a.schema.lists + b.schema.lists,
      nesting: Math.max(a.schema.nesting, b.schema.nesting),
    },
  };
}

/**
 * Measures an operation of a valid document. Every fragment is measured once for each page size it is used under, so
 * that a document which fans out costs no more to measure than it is long.
 */
export function measure(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, variables: Variables): Measure {
  const root = schema.getRootType(operation.operation);
  if (root === undefined || root === null) return NOTHING;
  return new Ruler(schema, document, variables).selections(operation.selectionSet, root, undefined);
}

class Ruler {
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #known = new Map<string, Measure>();

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly variables: Variables,
  ) {
    this.#fragments = new Map(document.definitions.flatMap((part) => (part.kind === Kind.FRAGMENT_DEFINITION ? [[part.name.value, part] as const] : [])));
  }

  /** `page` is the `first` of the connection whose fields these are. */
  selections(set: SelectionSetNode, parent: GraphQLCompositeType, page: number | undefined): Measure {
    return set.selections.reduce((sum, part) => beside(sum, this.#one(part, parent, page)), NOTHING);
  }

  #one(part: SelectionNode, parent: GraphQLCompositeType, page: number | undefined): Measure {
    const directives = part.directives?.length ?? 0;
    const inner = part.kind === Kind.FIELD ? this.#field(part, parent, page) : this.#opened(part, parent, page);
    return { ...inner, directives: inner.directives + directives };
  }

  #opened(part: Exclude<SelectionNode, FieldNode>, parent: GraphQLCompositeType, page: number | undefined): Measure {
    if (part.kind === Kind.INLINE_FRAGMENT) {
      return this.selections(part.selectionSet, this.#typeOf(part.typeCondition?.name.value, parent), page);
    }
    const key = `${part.name.value} ${String(page)}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const fragment = this.#fragments.get(part.name.value);
    if (fragment === undefined) return NOTHING;
    const found = this.selections(fragment.selectionSet, this.#typeOf(fragment.typeCondition.name.value, parent), page);
    this.#known.set(key, found);
    return found;
  }

  #field(node: FieldNode, parent: GraphQLCompositeType, page: number | undefined): Measure {
    const name = node.name.value;
    const own: Measure = { ...NOTHING, depth: 1, aliases: node.alias === undefined ? 0 : 1, fields: name === '__typename' ? 0 : 1 };
    const field = this.#named(parent, name);
    if (field === undefined || node.selectionSet === undefined) return own;
    const type = getNamedType(field.type);
    if (!isCompositeType(type)) return own;
    const asked = this.#first(node, field);
    const isList = isListType(getNullableType(field.type));
    const inner = this.selections(node.selectionSet, type, isList ? undefined : asked);
    if (isOfSchema(name, parent)) return schemaPart(own, inner, name);
    const count = isList ? this.#sizeOf(field, asked, page) : 1;
    return {
      ...inner,
      depth: inner.depth + 1,
      aliases: inner.aliases + own.aliases,
      objects: count * (1 + inner.objects),
      fields: own.fields,
    };
  }

  #named(parent: GraphQLCompositeType, name: string): GraphQLField<unknown, unknown> | undefined {
    if (name === '__schema') return SchemaMetaFieldDef;
    if (name === '__type') return TypeMetaFieldDef;
    return isUnionType(parent) ? undefined : parent.getFields()[name];
  }

  #sizeOf(field: GraphQLField<unknown, unknown>, asked: number | undefined, page: number | undefined): number {
    return asked ?? (/^(nodes|edges)$/.test(field.name) ? page : undefined) ?? declaredMaximum(field) ?? LIMITS.undeclaredList;
  }

  /** The value of `first`, from the document, the variables or the schema's default; undefined where a field has no such argument. */
  #first(node: FieldNode, field: GraphQLField<unknown, unknown>): number | undefined {
    const argument = field.args.find(({ name }) => name === 'first');
    if (argument === undefined) return undefined;
    const given = node.arguments?.find(({ name }) => name.value === 'first');
    const value = given === undefined ? undefined : valueFromAST(given.value, argument.type, this.variables);
    const size: unknown = value ?? argument.defaultValue ?? LIMITS.undeclaredList;
    return typeof size === 'number' && size > 0 ? size : 0;
  }

  #typeOf(name: string | undefined, parent: GraphQLCompositeType): GraphQLCompositeType {
    const type = name === undefined ? parent : this.schema.getType(name);
    return isCompositeType(type) ? type : parent;
  }
}

/** The most a list field says it can hold: `@Extensions({ maximum: 50 })`. */
export function declaredMaximum(field: GraphQLField<unknown, unknown>): number | undefined {
  const value = field.extensions['maximum'];
  return typeof value === 'number' ? value : undefined;
}

function isOfSchema(field: string, parent: GraphQLCompositeType): boolean {
  return parent.name.startsWith('__') || field === '__schema' || field === '__type';
}

/** The schema's own types have no cost in objects and limits of their own. */
function schemaPart(own: Measure, inner: Measure, name: string): Measure {
  const list = SCHEMA_LISTS.has(name) ? 1 : 0;
  return {
    ...own,
    depth: 0,
    aliases: own.aliases + inner.aliases,
    directives: inner.directives,
    schema: {
      depth: 1 + Math.max(inner.depth, inner.schema.depth),
      lists: list + inner.schema.lists,
      nesting: list + inner.schema.nesting,
    },
  };
}

/** Stops an operation that asks for too much, and says of what, with the limit. */
export function refuseTooMuch(found: Measure, operation: OperationDefinitionNode): void {
  if (operation.operation === 'mutation' && found.fields > LIMITS.mutationFields) throw new Problem('BAD_USER_INPUT', 'door.ONE_MUTATION');
  const checks: readonly (readonly [key: string, value: number, most: number])[] = [
    ['door.TOO_DEEP', found.depth, LIMITS.depth],
    ['door.TOO_MANY_ALIASES', found.aliases, LIMITS.aliases],
    ['door.TOO_MANY_DIRECTIVES', found.directives + (operation.directives?.length ?? 0), LIMITS.directives],
    ['door.TOO_MANY_OBJECTS', found.objects, LIMITS.objects],
    ['door.TOO_MUCH_SCHEMA', found.schema.depth, LIMITS.schema.depth],
    ['door.TOO_MUCH_SCHEMA', found.schema.lists, LIMITS.schema.lists],
    ['door.TOO_MUCH_SCHEMA', found.schema.nesting, LIMITS.schema.nesting],
  ];
  const broken = checks.find(([, value, most]) => value > most);
  if (broken !== undefined) throw new Problem('TOO_EXPENSIVE', broken[0], { most: broken[2] });
}

/**
 * The operation's variables as its types take them. Every one that cannot be taken is named by its path and by the rule
 * it breaks; GraphQL's own message would quote the value.
 */
export function takeVariables(schema: GraphQLSchema, operation: OperationDefinitionNode, given: Variables): Variables {
  const problems: FieldProblem[] = [];
  const taken: Record<string, unknown> = {};
  for (const definition of operation.variableDefinitions ?? []) {
    const name = definition.variable.name.value;
    const type = typeFromAST(schema, definition.type);
    if (!isInputType(type)) continue;
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value === undefined) {
      if (definition.defaultValue !== undefined) taken[name] = valueFromAST(definition.defaultValue, type);
      else if (isNonNullType(type)) problems.push({ path: name, rule: 'validation.isNotEmpty' });
      continue;
    }
    taken[name] = coerceInputValue(value, type, (path, _value, error) => problems.push(fieldProblem([name, ...path], error)));
  }
  if (problems.length > 0) throw new Problem('BAD_USER_INPUT', 'problem.BAD_USER_INPUT', {}, problems.slice(0, 20));
  return taken;
}

const KINDS: Readonly<Record<string, string>> = { Int: 'isInt', Float: 'isNumber', String: 'isString', Boolean: 'isBoolean' };

function fieldProblem(path: readonly (string | number)[], error: GraphQLError): FieldProblem {
  const at = path.join('.');
  if (error.originalError instanceof Problem) return { path: at, rule: error.originalError.key };
  const [, unknown] = /^Field "(\w+)" is not defined by type/.exec(error.message) ?? [];
  if (unknown !== undefined) return { path: `${at}.${unknown}`, rule: 'validation.whitelistValidation' };
  const [, missing] = /^Field "(\w+)" of required type/.exec(error.message) ?? [];
  if (missing !== undefined) return { path: `${at}.${missing}`, rule: 'validation.isNotEmpty' };
  if (/^Expected non-nullable type/.test(error.message)) return { path: at, rule: 'validation.isNotEmpty' };
  const [, kind] = /^(Int|Float|String|Boolean) cannot represent/.exec(error.message) ?? [];
  if (kind !== undefined) return { path: at, rule: `validation.${KINDS[kind] ?? 'kind'}` };
  if (/^(Enum|Value) "?/.test(error.message)) return { path: at, rule: 'validation.isEnum' };
  return { path: at, rule: 'validation.kind' };
}

/** Checks the chosen operation after its document proved valid and before anything of it runs. */
export function limitsPlugin(): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ schema, document, operation, request, contextValue }) {
          if (operation === undefined) return;
          const variables = takeVariables(schema, operation, request.variables ?? {});
          const found = measure(schema, document, operation, variables);
          contextValue.asksForSchema(found.schema.depth > 0);
          refuseTooMuch(found, operation);
        },
      };
    },
  };
}
