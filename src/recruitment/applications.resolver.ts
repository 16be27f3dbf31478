import { Args, Context, Extensions, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { CivilDate } from '../kernel/civil-date.js';
import { notFound } from '../platform/errors.js';
import { afterKey, pageOf } from '../platform/graphql/connection.js';
import type { Page } from '../platform/graphql/connection.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { IdScalar } from '../platform/graphql/scalars.js';
import { Application, ApplicationConnection, ApplicationResult, ApplicationsArgs, ReceiveApplicationInput } from './application.graphql.js';
import type { ApplicationState } from './application.graphql.js';
import { applicationById, listApplications } from './applications.queries.js';
import type { ApplicationRow } from './applications.queries.js';
import { ApplicationsService } from './applications.service.js';
import { Enquiry } from './enquiry.graphql.js';
import { readEnquiry } from './enquiries.resolver.js';
import { acts } from './recruitment.policy.js';
import { recruitment } from './recruitment.refusals.js';

@Resolver(() => Application)
export class ApplicationsResolver {
  constructor(private readonly service: ApplicationsService) {}

  @Mutation(() => ApplicationResult, { description: 'Turns an enquiry into an application, with the household and every adult in it.' })
  @Can(acts['application.receive'])
  receiveApplication(@Args('input') input: ReceiveApplicationInput, @Context() request: RequestContext) {
    return answer(request, recruitment, this.service.receive(request.actor, input, request.requestId), (id) => readApplication(request, id));
  }

  @Query(() => Application, { description: 'One application of the caller\'s offices.' })
  @Can(acts['application.read'])
  async application(@Args('id', { type: () => IdScalar, description: 'The application.' }) id: string, @Context() request: RequestContext): Promise<Application> {
    const found = await readApplication(request, id);
    if (found === undefined) throw notFound();
    return found;
  }

  @Query(() => ApplicationConnection, { description: 'Applications of the caller\'s offices, the latest first.' })
  @Extensions({ mayBeOld: true })
  @Can(acts['application.read'])
  async applications(@Args() page: ApplicationsArgs, @Context() request: RequestContext): Promise<Page<Application>> {
    const rows = await listApplications(await request.query(), page.state ?? null, afterKey(page, 'day', 'id'), page.first + 1);
    return pageOf(page, rows, (row) => [row.received_on, row.id], toApplication);
  }

  @ResolveField(() => Enquiry, { nullable: true, description: 'The enquiry it came of.' })
  async enquiry(@Parent() application: Application, @Context() request: RequestContext): Promise<Enquiry | undefined> {
    return application.enquiryId === null ? undefined : readEnquiry(request, application.enquiryId);
  }
}

/** An application as the caller may see it. */
export async function readApplication(request: RequestContext, id: string): Promise<Application | undefined> {
  const row = await request.load(applicationById, id);
  return row && toApplication(row);
}

function toApplication(row: ApplicationRow): Application {
  return {
    id: row.id,
    familyId: row.family_id,
    receivedOn: row.received_on as CivilDate,
    state: row.state as ApplicationState,
    endedOn: row.ended_on as CivilDate | null,
    enquiryId: row.enquiry_id,
    officeId: row.office_id,
  };
}
