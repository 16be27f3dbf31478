import { Module } from '@nestjs/common';
import { TasksService } from './tasks.service.js';
import { WorklistJobs } from './worklist.jobs.js';
import './worklist.messages.js';
import { WorklistResolver } from './worklist.resolver.js';
import { WorklistService } from './worklist.service.js';

/**
 * Owns tasks, reminders and inboxes: what is due to whom.
 *
 * Invariants: one open task per `dedupe`; a reminder is sent once, and never of a closed task; rows hold ids, codes and
 * moments, and a text is made when it is read, in the reader's language; a person sees her own tasks and those of the
 * posts she holds.
 * Events: none. Other rooms call `WorklistService` in their own operation.
 */
@Module({
  providers: [WorklistService, TasksService, WorklistJobs, WorklistResolver],
  exports: [WorklistService, WorklistJobs],
})
export class WorklistModule {}
