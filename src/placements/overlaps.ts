import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Context, Extensions, Field, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { opened } from '../children/children.queries.js';
import { MergedFile } from '../children/identity.graphql.js';
import type { CivilDate } from '../kernel/civil-date.js';
import type { Op } from '../platform/database/op.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { DayScalar } from '../platform/graphql/scalars.js';
import { JobRegistry } from '../platform/queue/jobs.js';
import { numberSetting } from '../platform/settings.js';
import { WorklistService } from '../worklist/worklist.service.js';
import { EpisodeKind } from './episode.graphql.js';
import { overlapsOf } from './overlap.domain.js';
import { tasks, workingDaysAfter } from './placements.tasks.js';
import { timelinesNow } from './timeline.queries.js';

const MOST = 50;

@ObjectType({ description: 'Days on which two files of one person each say where she was.' })
export class TimelineOverlap {
  @Field(() => DayScalar, { description: 'The first such day.' })
  from: CivilDate;

  @Field(() => DayScalar, { nullable: true, description: 'The first day on which one of them says nothing any more; null: both go on.' })
  to: CivilDate | null;

  @Field(() => EpisodeKind, { description: 'Where she was, as the file that goes on says.' })
  keptKind: EpisodeKind;

  @Field(() => EpisodeKind, { description: 'Where she was, as the other file says.' })
  otherKind: EpisodeKind;

  @Field(() => Boolean, { description: 'Is it one place, written twice? Only where it is not, a correction is asked for.' })
  samePlace: boolean;
}

/** What two timelines of one person say of the same days: on the file, and as a supervisor's task until corrections resolve it. */
@Resolver(() => MergedFile)
export class OverlapsResolver {
  @Extensions({ maximum: MOST })
  @ResolveField(() => [TimelineOverlap], { description: 'Days on which both files say where she was, at most 50; those that the caller may see of both. Opening it is written down.' })
  async overlaps(@Parent() file: MergedFile, @Context() request: RequestContext): Promise<TimelineOverlap[]> {
    const timelines = opened('child_timeline', request, timelinesNow);
    const [kept = [], other = []] = await Promise.all([request.load(timelines, file.keptId), request.load(timelines, file.otherId)]);
    return overlapsOf(kept, other).slice(0, MOST).map(({ from, to, samePlace, kept: one, other: two }) => ({ from, to, samePlace, keptKind: one.kind as EpisodeKind, otherKind: two.kind as EpisodeKind }));
  }
}

/** Asks a supervisor to correct what two files of one person contradict each other in, for as long as they do. */
@Injectable()
export class OverlapsWatch implements OnModuleInit {
  constructor(
    @Inject(JobRegistry) private readonly registry: JobRegistry,
    @Inject(WorklistService) private readonly worklist: WorklistService,
  ) {}

  onModuleInit(): void {
    this.registry.consumer({ name: 'placements.overlaps', events: ['child.merged', 'child.unmerged', 'episode.changed'], handler: (op, { subjectId }) => this.look(op, subjectId) });
  }

  /** Looks at every merge of a child's file anew. The task is about the file that was merged, of which there is one merge at most. */
  async look(op: Op, childId: string): Promise<void> {
    const merges = await op.tx.rows<{ keptId: string; otherId: string; officeId: string }>(
      `select m.kept_id as "keptId", m.other_id as "otherId", c.office_id as "officeId" from children.merges m join children.children c on c.id = m.kept_id
       where m.undone_at is null and (m.kept_id = $1 or m.other_id = $1) order by m.id`,
      [childId],
    );
    if (!merges.some(({ otherId }) => otherId === childId)) await this.worklist.cancel(op, { kind: tasks.overlaps, subjectId: childId });
    for (const { keptId, otherId, officeId } of merges) {
      const [kept = [], other = []] = await timelinesNow(op, [keptId, otherId]);
      const open = overlapsOf(kept, other).filter(({ samePlace }) => !samePlace);
      if (open.length === 0) {
        await this.worklist.done(op, { kind: tasks.overlaps, subjectId: otherId });
        continue;
      }
      const due = await workingDaysAfter(op, op.today, await numberSetting(op, 'children.overlap_working_days', op.today));
      await this.worklist.due(op, { kind: tasks.overlaps, subject: ['child', otherId], about: keptId, detail: String(open.length), to: { role: 'supervisor', office: officeId }, due });
    }
  }
}
