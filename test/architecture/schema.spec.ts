import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost, TypeMetadataStorage } from '@nestjs/graphql';
import {
  buildSchema, getNamedType, getNullableType, isCompositeType, isEnumType, isInputObjectType, isInterfaceType, isListType, isNonNullType, isObjectType,
  isSpecifiedScalarType,
} from 'graphql';
import type { GraphQLArgument, GraphQLField, GraphQLInputField, GraphQLNamedType, GraphQLSchema } from 'graphql';
import { CAN, PUBLIC } from '../../src/platform/graphql/guard.js';
import { declaredMaximum } from '../../src/platform/graphql/limits.js';
import { allMessages } from '../../src/platform/messages/messages.js';
import type { Message } from '../../src/platform/messages/messages.js';
import { Harness } from '../support/harness.js';

interface RootField {
  readonly name: string;
  readonly handler: object;
}

/** Root fields that nobody decided about. */
function undecided(fields: readonly RootField[]): string[] {
  return fields
    .filter(({ handler }) => Reflect.getMetadata(CAN, handler) === undefined && Reflect.getMetadata(PUBLIC, handler) === undefined)
    .map(({ name }) => `The root field ${name} has neither @Can(act) nor @Public(why).`);
}

/** Mutations that could be done twice by a client that lost an answer. */
function unkeyed(schema: GraphQLSchema, open: ReadonlySet<string>): string[] {
  return Object.values(schema.getMutationType()?.getFields() ?? {}).flatMap((field) => {
    const input = field.args.map(({ type }) => getNamedType(type)).find(isInputObjectType);
    const key = input?.getFields()['requestKey'];
    return open.has(field.name) || (key !== undefined && isNonNullType(key.type)) ? [] : [`The mutation ${field.name} takes no requestKey.`];
  });
}

function ours(schema: GraphQLSchema): GraphQLNamedType[] {
  return Object.values(schema.getTypeMap()).filter((type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type));
}

function argumentsOf(field: GraphQLField<unknown, unknown> | GraphQLInputField): readonly GraphQLArgument[] {
  return 'args' in field ? field.args : [];
}

/** Types, fields, arguments and enums that say nothing about themselves. */
function undescribed(schema: GraphQLSchema): string[] {
  const silent = (text: string | null | undefined): boolean => (text ?? '').trim() === '';
  return ours(schema).flatMap((type) => {
    const isRoot = type === schema.getQueryType() || type === schema.getMutationType();
    const own = silent(type.description) && !isRoot ? [`The type ${type.name} has no description.`] : [];
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) return own;
    const fields = Object.values(type.getFields()).flatMap((field) => [
      ...(silent(field.description) ? [`${type.name}.${field.name} has no description.`] : []),
      // The one argument of a mutation is told by its type.
      ...argumentsOf(field).filter(({ name, description }) => silent(description) && name !== 'input').map(({ name }) => `The argument ${name} of ${type.name}.${field.name} has no description.`),
    ]);
    return [...own, ...fields];
  });
}

/** Codes of refusals that cannot be said in both languages. */
function unsaid(schema: GraphQLSchema, messages: ReadonlyMap<string, Message>): string[] {
  const isSaid = (message: Message | undefined): boolean => message !== undefined && message.en.trim() !== '' && /[\u1780-\u17FF]/.test(message.km);
  const refusals = ours(schema).filter(isEnumType).filter(({ name }) => name.endsWith('Refusal'));
  return refusals.flatMap((type) => {
    const section = type.name.replace(/Refusal$/, '').toLowerCase();
    return type.getValues().filter(({ name }) => !isSaid(messages.get(`${section}.${name}`))).map(({ name }) => `The refusal ${section}.${name} has no text in English and Khmer.`);
  });
}

/** Lists of objects that declare no maximum and are no pages: each counts as 100. */
function unbounded(schema: GraphQLSchema): string[] {
  return ours(schema).filter(isObjectType).flatMap((type) =>
    Object.values(type.getFields())
      .filter((field) => isListType(getNullableType(field.type)) && isCompositeType(getNamedType(field.type)))
      .filter((field) => !type.name.endsWith('Connection') && declaredMaximum(field) === undefined && !field.args.some(({ name }) => name === 'first'))
      .map((field) => `${type.name}.${field.name}`),
  );
}

describe('the schema', () => {
  let harness: Harness;
  let schema: GraphQLSchema;
  let roots: RootField[];
  beforeAll(async () => {
    harness = await Harness.start();
    schema = harness.app.get(GraphQLSchemaHost, { strict: false }).schema;
    const all = [...TypeMetadataStorage.getQueriesMetadata(), ...TypeMetadataStorage.getMutationsMetadata()];
    roots = all.map(({ target, methodName, schemaName }) => ({ name: schemaName, handler: Reflect.get(Object(Reflect.get(target, 'prototype')), methodName) as object }));
  });
  afterAll(() => harness.stop());

  it('decides about every root field', () => {
    const fields = [...Object.keys(schema.getQueryType()?.getFields() ?? {}), ...Object.keys(schema.getMutationType()?.getFields() ?? {})];
    expect(roots.map(({ name }) => name).sort()).toEqual(fields.sort());
    expect(undecided(roots)).toEqual([]);
    expect(undecided([{ name: 'forgotten', handler: () => undefined }])).toEqual(['The root field forgotten has neither @Can(act) nor @Public(why).']);
  });

  it('gives every mutation but those of strangers a request key', () => {
    const open = new Set(roots.filter(({ handler }) => Reflect.getMetadata(PUBLIC, handler) !== undefined).map(({ name }) => name));
    expect(unkeyed(schema, open)).toEqual([]);
    expect(unkeyed(buildSchema('type Query { a: Int } type Mutation { pay(input: P): Int } input P { requestKey: String }'), new Set())).toEqual(['The mutation pay takes no requestKey.']);
  });

  it('describes itself', () => {
    expect(undescribed(schema)).toEqual([]);
    expect(undescribed(buildSchema('"Q" type Query { "a" a(b: Int): E } enum E { X }'))).toEqual(['The argument b of Query.a has no description.', 'The type E has no description.']);
  });

  it('says every refusal in English and Khmer', () => {
    expect(unsaid(schema, allMessages())).toEqual([]);
    const table = new Map([['a.X', { en: 'No.', km: 'No.', reviewed: false }]]);
    expect(unsaid(buildSchema('type Query { a: ARefusal } enum ARefusal { X Y }'), table)).toEqual(['The refusal a.X has no text in English and Khmer.', 'The refusal a.Y has no text in English and Khmer.']);
  });

  it('says which lists declare no maximum', () => {
    for (const field of unbounded(schema)) process.stdout.write(`no declared maximum, counts as 100: ${field}\n`);
    expect(unbounded(buildSchema('type Query { a: [A!]! } type A { b: [A] c(first: Int = 5): [A] d: [Int] }'))).toEqual(['Query.a', 'A.b']);
  });

  it('has no text that is missing one language', () => {
    // A text that only passes on what another text says needs no words of its own.
    const passesOn = (text: string): boolean => /^\{\w+\}$/.test(text);
    const halves = [...allMessages()].filter(([, { en, km }]) => !passesOn(en) && (en.trim() === '' || !/[\u1780-\u17FF]/.test(km)));
    expect(halves.map(([key]) => key)).toEqual([]);
  });
});
