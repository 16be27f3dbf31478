import { Args, Context, Extensions, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { KnownHousehold, LinkDuplicateEnquiryInput, PossibleDuplicate, UnlinkDuplicateEnquiryInput } from './duplicate.graphql.js';
import type { DuplicateSign } from './duplicate.graphql.js';
import { MOST_DUPLICATES, knownHouseholdsOf, linkedTo, possibleDuplicatesOf } from './duplicates.queries.js';
import { DuplicatesService } from './duplicates.service.js';
import { Enquiry, EnquiryResult } from './enquiry.graphql.js';
import { readEnquiry } from './enquiries.resolver.js';
import { acts } from './recruitment.policy.js';
import { recruitment } from './recruitment.refusals.js';

/** Enquiries of one household, found and linked. */
@Resolver(() => Enquiry)
export class DuplicatesResolver {
  constructor(private readonly service: DuplicatesService) {}

  @Mutation(() => EnquiryResult, { description: 'Links an enquiry to another one of the same household, under which the household is followed up from then on.' })
  @Can(acts['enquiry.linkDuplicate'])
  linkDuplicateEnquiry(@Args('input') input: LinkDuplicateEnquiryInput, @Context() request: RequestContext) {
    return answer(request, recruitment, this.service.link(request.actor, input, request.requestId), (id) => readEnquiry(request, id));
  }

  @Mutation(() => EnquiryResult, { description: 'Undoes a link between two enquiries: they are of two households after all.' })
  @Can(acts['enquiry.unlinkDuplicate'])
  unlinkDuplicateEnquiry(@Args('input') input: UnlinkDuplicateEnquiryInput, @Context() request: RequestContext) {
    return answer(request, recruitment, this.service.unlink(request.actor, input, request.requestId), (id) => readEnquiry(request, id));
  }

  @Extensions({ maximum: MOST_DUPLICATES })
  @ResolveField(() => [PossibleDuplicate], { description: 'Enquiries of the caller\'s offices that may be of the same household, those with most in common first, at most 10.' })
  async possibleDuplicates(@Parent() enquiry: Enquiry, @Context() request: RequestContext): Promise<PossibleDuplicate[]> {
    const rows = (await request.load(possibleDuplicatesOf, enquiry.id)) ?? [];
    const found = await Promise.all(rows.map(async ({ id, agrees }) => ({ enquiry: await readEnquiry(request, id), agrees: agrees as DuplicateSign[] })));
    return found.flatMap(({ enquiry: other, agrees }) => (other === undefined ? [] : [{ enquiry: other, agrees }]));
  }

  @Extensions({ maximum: MOST_DUPLICATES })
  @ResolveField(() => [KnownHousehold], { description: 'Families of the whole register that may be the same household, its own application apart, at most 10. Of those that the caller may not see: whom to ask.' })
  async knownHouseholds(@Parent() enquiry: Enquiry, @Context() request: RequestContext): Promise<KnownHousehold[]> {
    const rows = (await request.load(knownHouseholdsOf, enquiry.id)) ?? [];
    return rows.map(({ family, office, agrees, open }) => ({ familyId: family, officeId: office, agrees: agrees as DuplicateSign[], openApplication: open }));
  }

  @ResolveField(() => Enquiry, { nullable: true, description: 'The enquiry of the same household under which it is followed up; null for one of its own.' })
  async duplicateOf(@Parent() enquiry: Enquiry, @Context() request: RequestContext): Promise<Enquiry | undefined> {
    return enquiry.originalId === null ? undefined : readEnquiry(request, enquiry.originalId);
  }

  @Extensions({ maximum: MOST_DUPLICATES })
  @ResolveField(() => [Enquiry], { description: 'Enquiries that were linked to it, the latest first, at most 10.' })
  async duplicates(@Parent() enquiry: Enquiry, @Context() request: RequestContext): Promise<Enquiry[]> {
    const found = await Promise.all(((await request.load(linkedTo, enquiry.id)) ?? []).map(({ id }) => readEnquiry(request, id)));
    return found.filter((one) => one !== undefined);
  }
}
