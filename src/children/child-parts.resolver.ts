import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Act } from '../platform/auth/acts.js';
import type { Op } from '../platform/database/op.js';
import { forbidden } from '../platform/errors.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { Child, ChildResult } from './child.graphql.js';
import type { EntryReason, ParentalStatus } from './child.graphql.js';
import {
  ChildView, ContactRisk, EntryReasons, LegalBasis, LinkSiblingsInput, Need, RecordContactRiskInput, RecordLegalBasisInput, RecordNeedsInput,
  RecordObjectionInput, RecordRelativeInput, RecordViewInput, Relative, UnlinkSiblingInput,
} from './child-parts.graphql.js';
import type { ContactWish, LegalBasisKind, NeedKind, Relation, Whereabouts } from './child-parts.graphql.js';
import { readContactRisks, readLegalBases, readNeeds, readReasons, readRelatives, readViews, recordDenied } from './child-parts.queries.js';
import { ChildPartsService } from './child-parts.service.js';
import { acts, mayForChild } from './children.policy.js';
import { opened } from './children.queries.js';
import { children } from './children.refusals.js';
import { openChild } from './children.resolver.js';
import { SiblingsService } from './siblings.service.js';

const FOR_WHOM = 'Null with FORBIDDEN for who may not see it; who reads it is written down.';

/** The parts of a child's file: each with its own act and its own line in the read-audit. */
@Resolver(() => Child)
export class ChildPartsResolver {
  constructor(
    private readonly parts: ChildPartsService,
    private readonly siblings: SiblingsService,
  ) {}

  @Mutation(() => ChildResult, { description: 'Records the legal basis of a child\'s care; `none_known` calls a supervisor.' })
  @Can(acts['child.recordLegalBasis'])
  recordLegalBasis(@Args('input') input: RecordLegalBasisInput, @Context() request: RequestContext) {
    return answer(request, children, this.parts.recordLegalBasis(request.actor, input, request.requestId), (id) => openChild(request, id));
  }

  @Mutation(() => ChildResult, { description: 'Says everything a child needs from a day on; what is no longer on the list ends.' })
  @Can(acts['child.recordNeeds'])
  recordNeeds(@Args('input') input: RecordNeedsInput, @Context() request: RequestContext) {
    return answer(request, children, this.parts.recordNeeds(request.actor, input, request.requestId), (id) => openChild(request, id));
  }

  @Mutation(() => ChildResult, { description: 'Makes children siblings; answers with the first of them. Groups are merged only when that is asked for.' })
  @Can(acts['child.linkSiblings'])
  linkSiblings(@Args('input') input: LinkSiblingsInput, @Context() request: RequestContext) {
    return answer(request, children, this.siblings.link(request.actor, input, request.requestId), (id) => openChild(request, id));
  }

  @Mutation(() => ChildResult, { description: 'Takes a child out of a sibling group that she does not belong to.' })
  @Can(acts['child.unlinkSibling'])
  unlinkSibling(@Args('input') input: UnlinkSiblingInput, @Context() request: RequestContext) {
    return answer(request, children, this.siblings.unlink(request.actor, input, request.requestId), (id) => openChild(request, id));
  }

  @Mutation(() => ChildResult, { description: 'Records a relative of a child, or everything that is now known of one.' })
  @Can(acts['child.recordRelative'])
  recordRelative(@Args('input') input: RecordRelativeInput, @Context() request: RequestContext) {
    return answer(request, children, this.parts.recordRelative(request.actor, input, request.requestId), (id) => openChild(request, id));
  }

  @Mutation(() => ChildResult, { description: 'Records somebody or some place a child must not meet. Confidential.' })
  @Can(acts['child.recordContactRisk'])
  recordContactRisk(@Args('input') input: RecordContactRiskInput, @Context() request: RequestContext) {
    return answer(request, children, this.parts.recordContactRisk(request.actor, input, request.requestId), (id) => openChild(request, id));
  }

  @Mutation(() => ChildResult, { description: 'Records what a child said, in her words, by who heard her.' })
  @Can(acts['child.recordView'])
  recordView(@Args('input') input: RecordViewInput, @Context() request: RequestContext) {
    return answer(request, children, this.parts.recordView(request.actor, input, request.requestId), (id) => openChild(request, id));
  }

  @Mutation(() => ChildResult, { description: 'Records that a child does not want to live with a family; no list proposes it for her any more.' })
  @Can(acts['child.recordObjection'])
  recordObjection(@Args('input') input: RecordObjectionInput, @Context() request: RequestContext) {
    return answer(request, children, this.parts.recordObjection(request.actor, input, request.requestId), (id) => openChild(request, id));
  }

  @ResolveField(() => EntryReasons, { nullable: true, description: `Why she came into care. ${FOR_WHOM}` })
  async entryReasons(@Parent() child: Child, @Context() request: RequestContext): Promise<EntryReasons | undefined> {
    const [row] = await part(request, child, acts['child.readReasons'], 'child.reasons', readReasons);
    return row && { main: row.main_reason as EntryReason | null, all: row.reasons as EntryReason[], parentalStatus: row.parental_status as ParentalStatus };
  }

  @ResolveField(() => [LegalBasis], { nullable: true, description: `By what she is in care, the latest first. ${FOR_WHOM}` })
  async legalBases(@Parent() child: Child, @Context() request: RequestContext): Promise<LegalBasis[]> {
    const rows = await part(request, child, acts['child.readLegalBases'], 'child.legal_bases', readLegalBases);
    return rows.map(({ decided_on: decidedOn, ...row }) => ({ ...row, decidedOn, kind: row.kind as LegalBasisKind }));
  }

  @ResolveField(() => [Need], { nullable: true, description: `What she needs today. ${FOR_WHOM}` })
  async needs(@Parent() child: Child, @Context() request: RequestContext): Promise<Need[]> {
    const rows = await part(request, child, acts['child.readNeeds'], 'child.needs', readNeeds);
    return rows.map((row) => ({ ...row, kind: row.kind as NeedKind }));
  }

  @ResolveField(() => [Relative], { nullable: true, description: `Her relatives. ${FOR_WHOM}` })
  async relatives(@Parent() child: Child, @Context() request: RequestContext): Promise<Relative[]> {
    const rows = await part(request, child, acts['child.readRelatives'], 'child.relatives', readRelatives);
    return rows.map((row) => ({
      id: row.id,
      relation: row.relation as Relation,
      nameKm: row.name_km,
      nameLatin: row.name_latin,
      whereabouts: row.whereabouts as Whereabouts,
      areaCode: row.area_code,
      contact: row.contact as ContactWish | null,
      phone: row.phone,
    }));
  }

  @ResolveField(() => [ContactRisk], { nullable: true, description: `Whom she must not meet. Confidential. ${FOR_WHOM}` })
  async contactRisks(@Parent() child: Child, @Context() request: RequestContext): Promise<ContactRisk[]> {
    const rows = await part(request, child, acts['child.readContactRisks'], 'child.contact_risks', readContactRisks);
    return rows.map((row) => ({ id: row.id, familyId: row.family_id, adultName: row.adult_name, areaCode: row.area_code, from: row.from, until: row.until, reason: row.reason }));
  }

  @ResolveField(() => [ChildView], { nullable: true, description: `What she said, the latest first. Never for the staff of her institution. ${FOR_WHOM}` })
  async views(@Parent() child: Child, @Context() request: RequestContext): Promise<ChildView[]> {
    const rows = await part(request, child, acts['child.readViews'], 'child.views', readViews);
    return rows.map((row) => ({ id: row.id, heardOn: row.heard_on, heardBy: row.heard_by, alone: row.alone, text: row.text }));
  }
}

/** One part of a file for who may read it, with its line in the read-audit; FORBIDDEN for others, with its line among the denials. */
async function part<R>(request: RequestContext, child: Child, act: Act, kind: string, read: (op: Op, ids: readonly string[]) => Promise<R[][]>): Promise<R[]> {
  if (!mayForChild(request.actor, act, child)) {
    await recordDenied(await request.query(), act);
    throw forbidden();
  }
  return (await request.load(opened(kind, request, read), child.id)) ?? [];
}
