import { randomUUID } from 'node:crypto';
import { Inject, Module } from '@nestjs/common';
import { Args, ArgsType, Context, Extensions, Field, InputType, Int, Mutation, ObjectType, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { IsInt, IsOptional } from 'class-validator';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { PageArgs, connectionOf } from '../../src/platform/graphql/connection.js';
import type { Page } from '../../src/platform/graphql/connection.js';
import type { RequestContext } from '../../src/platform/graphql/context.js';
import { Can, Public, SIGNED_IN } from '../../src/platform/graphql/guard.js';
import { IsText, KeyedInput } from '../../src/platform/graphql/inputs.js';
import { DayScalar } from '../../src/platform/graphql/scalars.js';
import type { CivilDate } from '../../src/kernel/civil-date.js';
import { Problem } from '../../src/platform/errors.js';

/** A name that must never be seen outside: in an answer, a log, an error. */
export const CANARY = 'Sok-Nary-012345678';

@ObjectType({ description: 'A node of the probe.' })
export class Probe {
  @Field(() => String, { description: 'Its name.' })
  name: string;
}
const ProbeConnection = connectionOf(Probe, 'Probe');

@InputType({ description: 'What the probe takes.' })
class ProbeInput extends KeyedInput {
  @Field(() => String, { description: 'A name.' })
  @IsText(20)
  name: string;

  @Field(() => DayScalar, { nullable: true, description: 'A day.' })
  @IsOptional()
  on?: CivilDate | null;

  @Field(() => Int, { nullable: true, description: 'A count.' })
  @IsOptional()
  @IsInt()
  count?: number | null;
}

@ArgsType()
class ProbeArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Part of a name.' })
  @IsOptional()
  @IsText(20)
  named?: string | null;
}

const page = (): Page<Probe> => ({ nodes: [{ name: 'one' }], pageInfo: { hasNextPage: false, endCursor: null } });

/** A room that misbehaves in every way a room can, for tests of the door. */
@Resolver(() => Probe)
export class ProbeResolver {
  constructor(@Inject(UnitOfWork) private readonly uow: UnitOfWork) {}

  @Query(() => ProbeConnection, { description: 'A connection.' })
  @Public('a test')
  probes(@Args() _args: ProbeArgs): Page<Probe> {
    return page();
  }

  @Query(() => Probe, { description: 'One.', nullable: true })
  @Public('a test')
  probe(): Probe {
    return { name: 'one' };
  }

  @Query(() => Probe, { description: 'One that has no door.' })
  undecided(): Probe {
    return { name: CANARY };
  }

  @ResolveField(() => ProbeConnection, { description: 'Its children, by pages.' })
  children(@Args() _args: PageArgs): Page<Probe> {
    return page();
  }

  @ResolveField(() => Probe, { description: 'Itself.' })
  self(): Probe {
    return { name: 'one' };
  }

  @Extensions({ maximum: 3 })
  @ResolveField(() => [Probe], { description: 'At most three.' })
  few(): Probe[] {
    return [{ name: 'one' }];
  }

  @ResolveField(() => [Probe], { description: 'Nobody said how many.' })
  many(): Probe[] {
    return [{ name: 'one' }];
  }

  @Query(() => String, { nullable: true, description: 'Throws an error that quotes a person.' })
  @Public('a test')
  broken(): string {
    throw new Error(`duplicate key: ${CANARY}`);
  }

  @Query(() => String, { nullable: true, description: 'A statement that fails with a row in its text, in the shared read.' })
  @Public('a test')
  async brokenSql(@Context() request: RequestContext): Promise<string> {
    const op = await request.query();
    await op.tx.rows('select $1::text::int as n', [CANARY]);
    return 'unreachable';
  }

  @Query(() => String, { nullable: true, description: 'Hides a failed statement, as a careless room might.' })
  @Public('a test')
  async swallowed(@Context() request: RequestContext): Promise<string> {
    const op = await request.query();
    await op.tx.rows('select 1 / 0').catch(() => undefined);
    return CANARY;
  }

  @Query(() => String, { nullable: true, description: 'Leaves a row in the read-audit, as the reading of a file does.' })
  @Public('a test')
  async audited(@Context() request: RequestContext): Promise<string> {
    const op = await request.query();
    await op.tx.run(`insert into platform.reads (actor_id, subject_kind, subject_id, operation, request_id) values (gen_random_uuid(), 'probe', gen_random_uuid(), 'audited', 'x')`);
    return CANARY;
  }

  @Query(() => String, { description: 'Reads for a while.' })
  @Public('a test')
  async slow(@Args('seconds', { type: () => Int, description: 'How long.' }) seconds: number, @Context() request: RequestContext): Promise<string> {
    const op = await request.query();
    await op.tx.rows('select pg_sleep($1)', [seconds]);
    return 'done';
  }

  @Query(() => String, { description: 'A long answer.' })
  @Public('a test')
  long(@Args('bytes', { type: () => Int, description: 'How long.' }) bytes: number): string {
    return 'x'.repeat(bytes);
  }

  @Query(() => String, { description: 'What the request is for, asked again after a while.' })
  @Can(SIGNED_IN)
  async whoAmI(@Context() request: RequestContext): Promise<string> {
    const op = await request.query();
    const before = request.actor.userId;
    const [row] = await op.tx.rows<{ who: string }>(`select current_setting('app.actor') as who from pg_sleep(0.02)`);
    if (op.actor.kind !== 'user' || row?.who !== before || op.actor.userId !== request.actor.userId) throw new Error('somebody else');
    return before;
  }

  @Mutation(() => String, { description: 'Says hello.' })
  @Public('a test')
  greet(@Args('input', { type: () => ProbeInput, description: 'Whom.' }) input: ProbeInput): string {
    return `hello ${input.name}`;
  }

  @Mutation(() => String, { description: 'Conflicts.', nullable: true })
  @Public('a test')
  clash(): string {
    throw new Problem('CONFLICT', 'problem.STALE', { changed: ['name'] });
  }

  @ResolveField(() => String, { description: 'Of which parent.' })
  of(@Parent() parent: Probe): string {
    return `${parent.name} ${randomUUID()}`;
  }
}

@Module({ providers: [ProbeResolver] })
export class ProbeModule {}
