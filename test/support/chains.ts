import { getNamedType, isLeafType, isNonNullType, isObjectType, isUnionType } from 'graphql';
import type { GraphQLOutputType } from 'graphql';

/** Every way down from a type: all plain fields of each object on it. Connections and single objects alike. */
export function chains(type: GraphQLOutputType, seen: readonly string[] = []): string[] {
  const named = getNamedType(type);
  if (isLeafType(named)) return [''];
  if (isUnionType(named)) {
    const [good, refused] = [...named.getTypes()].sort((a, b) => Number(a.name.endsWith('Refused')) - Number(b.name.endsWith('Refused')));
    if (good === undefined || refused === undefined) return [];
    return chains(good, seen).map((chain) => `{ __typename ... on ${good.name} ${chain} ... on ${refused.name} { code message details { name values } } }`);
  }
  if (!isObjectType(named) || seen.includes(named.name) || seen.length > 6) return [];
  const fields = Object.values(named.getFields()).filter((field) => field.args.every((arg) => !isNonNullType(arg.type) || arg.defaultValue !== undefined));
  const plain = fields.filter((field) => isLeafType(getNamedType(field.type))).map(({ name }) => name).join(' ');
  const down = fields.filter((field) => !isLeafType(getNamedType(field.type)) && field.name !== 'pageInfo').flatMap((field) => chains(field.type, [...seen, named.name]).map((chain) => `${field.name}${chain}`));
  return down.length === 0 ? [`{ ${plain || '__typename'} }`] : down.map((chain) => `{ ${plain} ${chain} }`);
}
