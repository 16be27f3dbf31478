import { Args, Context, Extensions, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Document } from '../documents/document.graphql.js';
import { readDocument } from '../documents/documents.resolver.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { Agreement, AttachAgreementPageInput, SignAgreementInput } from './agreement.graphql.js';
import { AgreementsService } from './agreements.service.js';
import type { AgreementParty, SignedHow } from './placement.enums.js';
import { Placement, PlacementResult } from './placement.graphql.js';
import { acts } from './placements.policy.js';
import { agreementsOf } from './placements.queries.js';
import { placements } from './placements.refusals.js';
import { readPlacement } from './placements.resolver.js';

/** The agreement of a placement, on the placement. */
@Resolver(() => Placement)
export class AgreementsResolver {
  constructor(private readonly service: AgreementsService) {}

  @Mutation(() => PlacementResult, { description: 'Records a signature or thumbprint under the agreement of carer, office and commune.' })
  @Can(acts['placement.sign'])
  signAgreement(@Args('input') input: SignAgreementInput, @Context() request: RequestContext) {
    return answer(request, placements, this.service.sign(request.actor, input, request.requestId), (id) => readPlacement(request, id));
  }

  @Mutation(() => PlacementResult, { description: 'Keeps the photo of a signed page; the signatures that were on none are to be seen on it. It is due 14 days after the first of them.' })
  @Can(acts['placement.attachPage'])
  attachAgreementPage(@Args('input') input: AttachAgreementPageInput, @Context() request: RequestContext) {
    return answer(request, placements, this.service.attachPage(request.actor, input, request.requestId), (id) => readPlacement(request, id));
  }

  @Extensions({ maximum: 20 })
  @ResolveField(() => [Agreement], { description: 'Who signed, in the order of the days, at most 20.' })
  async agreements(@Parent() placement: Placement, @Context() request: RequestContext): Promise<Agreement[]> {
    const rows = (await request.load(agreementsOf, placement.id)) ?? [];
    return rows.slice(0, 20).map((row) => ({ id: row.id, party: row.party as AgreementParty, signer: row.signer, how: row.how as SignedHow, on: row.signed_on, documentId: row.document_id }));
  }
}

/** The page of a signature, for who may read the child's file. */
@Resolver(() => Agreement)
export class AgreementPageResolver {
  @ResolveField(() => Document, { nullable: true, description: 'The photo of the page on which it is to be seen, once there is one.' })
  document(@Parent() agreement: Agreement, @Context() request: RequestContext): Promise<Document | undefined> | undefined {
    return agreement.documentId === null ? undefined : readDocument(request, agreement.documentId);
  }
}
