import { Inject, Injectable } from '@nestjs/common';
import { newId } from '../kernel/ids.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { notFound } from '../platform/errors.js';
import { decideLink } from './child.domain.js';
import type { Link, SiblingSide } from './child.domain.js';
import type { LinkSiblingsInput, UnlinkSiblingInput } from './child-parts.graphql.js';
import { acts, needChild, needOffice } from './children.policy.js';
import { ChildrenService } from './children.service.js';

/** Children who belong together, also when they were only raised as siblings. */
@Injectable()
export class SiblingsService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(ChildrenService) private readonly children: ChildrenService,
  ) {}

  /** Makes children siblings. Refuses ALREADY_SIBLINGS, SIBLINGS_OF_TWO_GROUPS, SIBLINGS_ELSEWHERE. */
  async link(actor: UserActor, input: LinkSiblingsInput, requestId: string): Promise<Result<string, 'ALREADY_SIBLINGS' | 'SIBLINGS_OF_TWO_GROUPS' | 'SIBLINGS_ELSEWHERE'>> {
    return this.uow.command(actor, acts['child.linkSiblings'], input, requestId, async (op) => {
      for (const child of await this.children.lockChildren(op, input.childIds)) needChild(op, child);
      if (input.mergeGroups) needOffice(op);
      const link = decideLink(await sidesOf(op, input.childIds), input.mergeGroups);
      if (!link.ok) return link;
      const changed = await writeLink(op, link.value, input.wishTogether ?? null);
      for (const id of changed) {
        await recordAct(op, { subject: ['child', id], on: op.today, reason: link.value.kind === 'join' && link.value.merge.length > 0 ? 'merged' : 'linked', changed: ['siblings'], events: [['child.siblings_changed', id]] });
      }
      return ok(input.childIds[0] ?? '');
    });
  }

  /** Takes a child out of a group she does not belong to. Refuses NO_SIBLINGS. */
  async unlink(actor: UserActor, input: UnlinkSiblingInput, requestId: string): Promise<Result<string, 'NO_SIBLINGS'>> {
    return this.uow.command(actor, acts['child.unlinkSibling'], input, requestId, async (op) => {
      const [child] = await this.children.lockChildren(op, [input.childId]);
      if (child === undefined) throw notFound();
      needChild(op, child);
      const gone = await op.tx.row<{ group_id: string }>('delete from children.siblings where child_id = $1 returning group_id', [child.id]);
      if (gone === undefined) return refuse('NO_SIBLINGS');
      await op.tx.run('update children.sibling_groups set members = members - 1 where id = $1', [gone.group_id]);
      await recordAct(op, { subject: ['child', child.id], on: op.today, reason: 'unlinked', changed: ['siblings'], events: [['child.siblings_changed', child.id]] });
      return ok(child.id);
    });
  }
}

async function sidesOf(op: Op, childIds: readonly string[]): Promise<SiblingSide[]> {
  return op.tx.rows<SiblingSide>(
    `select c.id as "childId", (select jsonb_build_object('id', g.id, 'members', g.members, 'visible', (select count(*) from children.siblings s where s.group_id = g.id))
         from children.siblings own join children.sibling_groups g on g.id = own.group_id where own.child_id = c.id) as "group"
     from unnest($1::uuid[]) as c (id) order by c.id`,
    [childIds],
  );
}

/** Writes the link and gives the children it changed. The count goes up and down by what is written, for nobody may see all members. */
async function writeLink(op: Op, link: Link, wishTogether: boolean | null): Promise<string[]> {
  const groupId = link.kind === 'found' ? newId() : link.groupId;
  if (link.kind === 'found') await op.tx.run('insert into children.sibling_groups (id) values ($1)', [groupId]);
  const merged = link.kind === 'join' ? await op.tx.rows<{ child_id: string }>('update children.siblings set group_id = $2 where group_id = any ($1::uuid[]) returning child_id', [link.merge, groupId]) : [];
  if (link.kind === 'join') await op.tx.run('update children.sibling_groups set members = 0 where id = any ($1::uuid[])', [link.merge]);
  await op.tx.run('insert into children.siblings (child_id, group_id, wish_together) select unnest($1::uuid[]), $2, $3', [link.add, groupId, wishTogether]);
  await op.tx.run('update children.sibling_groups set members = members + $2 where id = $1', [groupId, merged.length + link.add.length]);
  return [...merged.map(({ child_id: id }) => id), ...link.add];
}
