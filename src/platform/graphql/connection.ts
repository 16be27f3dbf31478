import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { isCivilDate } from '../../kernel/civil-date.js';
import { decodeCursor, encodeCursor } from '../../kernel/cursor.js';
import { isId } from '../../kernel/ids.js';
import { badInput } from '../errors.js';

export const PAGE = 20;
export const MOST = 100;

/** Where in a list to look: pages follow a key, never a count, so that nothing is skipped while others write. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: PAGE, description: `How many, at most ${MOST}; more is refused, not clipped.` })
  @IsInt()
  @Min(1)
  @Max(MOST)
  first: number = PAGE;

  @Field(() => String, { nullable: true, description: 'The `endCursor` of the page before.' })
  @IsOptional()
  @IsString()
  @MaxLength(600)
  after?: string | null;
}

@ObjectType({ description: 'Where a page ends.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Is there more?' })
  hasNextPage: boolean;

  @Field(() => String, { nullable: true, description: 'Give it as `after` to read on.' })
  endCursor: string | null;
}

/** A page of a list. */
export interface Page<T> {
  readonly nodes: T[];
  readonly pageInfo: PageInfo;
}

/** The connection type of a node: `connectionOf(Campaign, 'Campaign')` is `CampaignConnection`. */
export function connectionOf<T extends object>(type: new () => T, name: string): new () => Page<T> {
  @ObjectType(`${name}Connection`, { description: `A page of ${name}.` })
  class Connection implements Page<T> {
    @Field(() => [type], { description: 'The page.' })
    nodes: T[];

    @Field(() => PageInfo, { description: 'Where it ends.' })
    pageInfo: PageInfo;
  }
  return Connection;
}

/** What the parts of a key are. A cursor comes back from outside: a part of another kind would be a fault in the database. */
const KINDS = {
  id: (part: unknown) => typeof part === 'string' && isId(part),
  day: (part: unknown) => typeof part === 'string' && isCivilDate(part),
  moment: (part: unknown) => typeof part === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(part) && !Number.isNaN(Date.parse(part)),
  number: (part: unknown) => Number.isInteger(part) && Math.abs(Number(part)) < 2 ** 31,
  text: (part: unknown) => typeof part === 'string',
} as const;

/** The key after which a page begins, or undefined for the first page. A cursor of another list is BAD_USER_INPUT. */
export function afterKey(page: PageArgs, ...kinds: readonly (keyof typeof KINDS)[]): (string | number | null)[] | undefined {
  if (page.after === undefined || page.after === null) return undefined;
  const key = decodeCursor(page.after);
  if (key === undefined || key.length !== kinds.length || !kinds.every((kind, at) => KINDS[kind](key[at]))) throw badInput('after', 'validation.cursor');
  return key;
}

/** Cuts a page out of `first + 1` rows. */
export function pageOf<R, T>(page: PageArgs, rows: readonly R[], keyOf: (row: R) => (string | number | null)[], show: (row: R) => T): Page<T> {
  const shown = rows.slice(0, page.first);
  const last = shown.at(-1);
  return {
    nodes: shown.map(show),
    pageInfo: { hasNextPage: rows.length > page.first, endCursor: last === undefined ? null : encodeCursor(keyOf(last)) },
  };
}
