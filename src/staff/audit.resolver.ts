import { Args, Context, Extensions, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { badInput } from '../platform/errors.js';
import { afterKey, pageOf } from '../platform/graphql/connection.js';
import type { Page, PageArgs } from '../platform/graphql/connection.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { AuditArgs, AuditedAct, AuditedActConnection, AuditedDenial, AuditedDenialConnection, AuditedRead, AuditedReadConnection, DenialsArgs } from './audit.graphql.js';
import { listActs, listDenials, listReads } from './audit.queries.js';
import type { AuditFilter } from './audit.queries.js';
import { StaffName, StaffPosting } from './staff.graphql.js';
import { accountName, postingById } from './staff.loader.js';
import { acts } from './staff.policy.js';

/** The auditor's desk: reads everything that was done, opened and denied, and changes nothing. */
@Resolver()
export class AuditResolver {
  @Query(() => AuditedActConnection, { name: 'acts', description: 'What was done in the register, the latest first.' })
  @Extensions({ mayBeOld: true })
  @Can(acts['audit.read'])
  async acts(@Context() request: RequestContext, @Args() args: AuditArgs): Promise<Page<AuditedAct>> {
    const rows = await listActs(await request.query(), filterOf(args), args.first, keyOf(args));
    return pageOf(args, rows, ({ seq }) => [String(seq)], (row) => row);
  }

  @Query(() => AuditedReadConnection, { name: 'reads', description: 'Which files were opened, the latest first.' })
  @Extensions({ mayBeOld: true })
  @Can(acts['audit.read'])
  async reads(@Context() request: RequestContext, @Args() args: AuditArgs): Promise<Page<AuditedRead>> {
    const rows = await listReads(await request.query(), filterOf(args), args.first, keyOf(args));
    return pageOf(args, rows, ({ id }) => [String(id)], ({ id: _, ...row }) => row);
  }

  @Query(() => AuditedDenialConnection, { name: 'denials', description: 'What was asked and not allowed, the latest first.' })
  @Extensions({ mayBeOld: true })
  @Can(acts['audit.read'])
  async denials(@Context() request: RequestContext, @Args() args: DenialsArgs): Promise<Page<AuditedDenial>> {
    const rows = await listDenials(await request.query(), filterOf(args), args.first, keyOf(args));
    return pageOf(args, rows, ({ id }) => [String(id)], ({ id: _, ...row }) => row);
  }
}

/** Who did it, with which posting. */
@Resolver(() => AuditedAct)
export class AuditedActResolver {
  @ResolveField(() => StaffName, { nullable: true, description: 'Who did it; null where the register acted by itself.' })
  async by(@Context() request: RequestContext, @Parent() act: AuditedAct): Promise<StaffName | null> {
    return nameOf(request, act.actorId);
  }

  @ResolveField(() => StaffPosting, { nullable: true, description: 'The posting that allowed it.' })
  async posting(@Context() request: RequestContext, @Parent() act: AuditedAct): Promise<StaffPosting | null> {
    return act.postingId === null ? null : ((await request.load(postingById, act.postingId)) ?? null);
  }
}

/** Who opened it. */
@Resolver(() => AuditedRead)
export class AuditedReadResolver {
  @ResolveField(() => StaffName, { nullable: true, description: 'Who opened it.' })
  async by(@Context() request: RequestContext, @Parent() read: AuditedRead): Promise<StaffName | null> {
    return nameOf(request, read.actorId);
  }
}

/** Who asked for it. */
@Resolver(() => AuditedDenial)
export class AuditedDenialResolver {
  @ResolveField(() => StaffName, { nullable: true, description: 'Who asked for it.' })
  async by(@Context() request: RequestContext, @Parent() denial: AuditedDenial): Promise<StaffName | null> {
    return nameOf(request, denial.actorId);
  }
}

async function nameOf(request: RequestContext, actorId: string | null): Promise<StaffName | null> {
  return actorId === null ? null : ((await request.load(accountName, actorId)) ?? null);
}

function filterOf(args: AuditArgs | DenialsArgs): AuditFilter {
  return { subjectId: ('subjectId' in args ? args.subjectId : null) ?? null, actorId: args.actorId ?? null, from: args.from ?? null, to: args.to ?? null };
}

/** The number after which the page begins: these lists follow the order in which rows were written. */
function keyOf(args: PageArgs): string | null {
  const key = afterKey(args, 'text')?.[0];
  if (key === undefined) return null;
  if (typeof key !== 'string' || !/^\d{1,18}$/.test(key)) throw badInput('after', 'validation.cursor');
  return key;
}
