import { Args, Context, Extensions, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { mayReadConfidential } from '../carers/carers.policy.js';
import { Document, toDocument } from '../documents/document.graphql.js';
import { MOST_OF_A_SUBJECT } from '../documents/documents.queries.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { Application } from './application.graphql.js';
import { CheckOutcome } from './approval.graphql.js';
import { ChecksService } from './checks.service.js';
import { AttachCheckDocumentInput, HomeStudy, HouseholdCheck, HouseholdCheckResult, HouseholdSignature } from './dossier.graphql.js';
import { MOST_CHECKS, MOST_SIGNATURES, MOST_STUDIES, checkById, checksOfFamily, documentsOfCheck, documentsOfSignature, signaturesOf, studiesOf } from './dossiers.queries.js';
import type { CheckRow } from './dossiers.queries.js';
import { acts } from './recruitment.policy.js';
import { recruitment } from './recruitment.refusals.js';

/** What was gathered about a household, on its application. */
@Resolver(() => Application)
export class DossiersResolver {
  constructor(private readonly service: ChecksService) {}

  @Mutation(() => HouseholdCheckResult, { description: 'Adds a photo of the paper to a check. One about health, or of concern, is opened by supervisors alone.' })
  @Can(acts['check.attachDocument'])
  attachCheckDocument(@Args('input') input: AttachCheckDocumentInput, @Context() request: RequestContext) {
    return answer(request, recruitment, this.service.attachDocument(request.actor, input, request.requestId), async (id) => {
      const row = await request.load(checkById, id);
      return row && toCheck(request, row);
    });
  }

  @Extensions({ maximum: MOST_CHECKS })
  @ResolveField(() => [HouseholdCheck], { description: 'Checks on the adults of the home, the latest first, at most 50.' })
  async checks(@Parent() application: Application, @Context() request: RequestContext): Promise<HouseholdCheck[]> {
    return ((await request.load(checksOfFamily, application.familyId)) ?? []).map((row) => toCheck(request, row));
  }

  @Extensions({ maximum: MOST_SIGNATURES })
  @ResolveField(() => [HouseholdSignature], { description: 'Who signed for the household, in the order of the days.' })
  async signatures(@Parent() application: Application, @Context() request: RequestContext): Promise<HouseholdSignature[]> {
    return ((await request.load(signaturesOf, application.id)) ?? []).slice(0, MOST_SIGNATURES).map(({ id, party, how, signed_on: on, note }) => ({ id, party, how, on, note }));
  }

  @Extensions({ maximum: MOST_STUDIES })
  @ResolveField(() => [HomeStudy], { description: 'Home studies, the latest first, at most 10.' })
  async homeStudies(@Parent() application: Application, @Context() request: RequestContext): Promise<HomeStudy[]> {
    return ((await request.load(studiesOf, application.id)) ?? []).map((row) => ({
      id: row.id, form: row.form, on: row.done_on, recommended: row.recommended, motives: row.motives, motiveTalkNeeded: row.motive_talk_needed,
      scores: Object.entries(row.scores).map(([section, score]) => ({ section, score })),
    }));
  }
}

/** The papers of a check. */
@Resolver(() => HouseholdCheck)
export class CheckDocumentsResolver {
  @Extensions({ maximum: MOST_OF_A_SUBJECT })
  @ResolveField(() => [Document], { description: 'Photos of its paper, in the order in which they came, at most 20.' })
  async documents(@Parent() check: HouseholdCheck, @Context() request: RequestContext): Promise<Document[]> {
    return ((await request.load(documentsOfCheck, check.id)) ?? []).map(toDocument);
  }
}

/** The page of a signature. */
@Resolver(() => HouseholdSignature)
export class SignatureDocumentsResolver {
  @Extensions({ maximum: MOST_OF_A_SUBJECT })
  @ResolveField(() => [Document], { description: 'Photos of the signed page, in the order in which they came, at most 20.' })
  async documents(@Parent() signature: HouseholdSignature, @Context() request: RequestContext): Promise<Document[]> {
    return ((await request.load(documentsOfSignature, signature.id)) ?? []).map(toDocument);
  }
}

function toCheck(request: RequestContext, row: CheckRow): HouseholdCheck {
  const isShown = row.outcome === CheckOutcome.clear || mayReadConfidential(request.actor, row.office_id);
  return { id: row.id, adultId: row.adult_id, kind: row.kind, outcome: isShown ? row.outcome : null, on: row.done_on, validUntil: row.valid_until };
}
