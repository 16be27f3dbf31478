import { GraphQLScalarType, Kind } from 'graphql';
import { isCivilDate } from '../../kernel/civil-date.js';
import type { CivilDate } from '../../kernel/civil-date.js';
import { isId } from '../../kernel/ids.js';
import { Problem } from '../errors.js';

function refuse(rule: string): never {
  throw new Problem('BAD_USER_INPUT', rule);
}

function textScalar<T extends string>(name: string, description: string, rule: string, accepts: (text: string) => text is T): GraphQLScalarType<T, string> {
  const parse = (value: unknown): T => (typeof value === 'string' && accepts(value) ? value : refuse(rule));
  return new GraphQLScalarType<T, string>({
    name,
    description,
    serialize: (value) => String(value),
    parseValue: parse,
    parseLiteral: (node) => (node.kind === Kind.STRING ? parse(node.value) : refuse(rule)),
  });
}

/** A civil day in Asia/Phnom_Penh. */
export const DayScalar = textScalar<CivilDate>('Day', 'A civil day in Asia/Phnom_Penh, `YYYY-MM-DD`.', 'problem.NOT_A_DAY', isCivilDate);

/** The id of a record. */
export const IdScalar = textScalar<string>('Id', 'The id of a record (a UUID).', 'problem.NOT_AN_ID', (text): text is string => isId(text));

/** A moment, shown in UTC. Never an input: moments are the register's own. */
export const MomentScalar = new GraphQLScalarType<Date, string>({
  name: 'Moment',
  description: 'A moment, ISO 8601 in UTC.',
  serialize: (value) => (value instanceof Date ? value.toISOString() : new Date(String(value)).toISOString()),
  parseValue: () => refuse('problem.NOT_A_DAY'),
  parseLiteral: () => refuse('problem.NOT_A_DAY'),
});

/** Whole riel. */
export const RielScalar = new GraphQLScalarType<bigint, string>({
  name: 'Riel',
  description: 'Whole riel, as text, so that no digit is lost.',
  serialize: (value) => String(value),
  parseValue: (value) => (typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? BigInt(value) : refuse('problem.NOT_RIEL')),
  parseLiteral: (node) => ((node.kind === Kind.STRING || node.kind === Kind.INT) && /^-?\d{1,15}$/.test(node.value) ? BigInt(node.value) : refuse('problem.NOT_RIEL')),
});
