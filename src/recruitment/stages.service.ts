import { Inject, Injectable } from '@nestjs/common';
import { addDays, startOfDay } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import type { Op } from '../platform/database/op.js';
import { setting } from '../platform/settings.js';
import { WorklistService } from '../worklist/worklist.service.js';
import type { ApplicationState } from './application.domain.js';
import { enterStage, moveApplication } from './applications.repo.js';
import type { LockedApplication } from './applications.repo.js';
import { applicationWaits } from './recruitment.messages.js';

/** When an application enters a stage, and for how long it may stay there before it is somebody's task. */
@Injectable()
export class StagesService {
  constructor(@Inject(WorklistService) private readonly worklist: WorklistService) {}

  /** The first stage of an application, or the next one. */
  async enter(op: Op, application: Pick<LockedApplication, 'id' | 'family_id' | 'office_id'>, state: ApplicationState, on: CivilDate): Promise<void> {
    const enteredOn = await enterStage(op, application, state, on);
    const days = (await setting<Partial<Record<ApplicationState, number>>>(op, 'recruitment.stage_days', on))[state];
    if (days === undefined) return void (await this.worklist.done(op, { kind: applicationWaits, subjectId: application.id }));
    const due = addDays(enteredOn, days);
    const task = { kind: applicationWaits, subject: ['application', application.id] as const, about: application.family_id, detail: state, remindAt: [startOfDay(due)] };
    await this.worklist.due(op, { ...task, to: { role: 'social_worker', office: application.office_id }, due });
  }

  /** Moves an application; where that is another stage, it enters it. */
  async move(op: Op, application: LockedApplication, state: ApplicationState, on: CivilDate): Promise<void> {
    const over = state === 'approved' || state === 'refused' || state === 'withdrawn';
    await moveApplication(op, application.id, state, over ? on : null);
    if (state !== application.state) await this.enter(op, application, state, on);
  }
}
