import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Clock } from './platform/clock.js';
import type { Config } from './platform/config/config.js';
import { ConfigModule } from './platform/config/config.module.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { DoorModule } from './platform/graphql/graphql.module.js';
import { LoggingModule } from './platform/logging/logging.module.js';
import { MetricsModule } from './platform/metrics/metrics.module.js';
import { QueueModule, QueueRunnerModule } from './platform/queue/queue.module.js';
import type { QueueSettings } from './platform/queue/settings.js';
import { TracingModule } from './platform/tracing/tracing.module.js';
import { TerritoryModule } from './territory/territory.module.js';
import { InstitutionsModule } from './institutions/institutions.module.js';
import { StaffModule } from './staff/staff.module.js';
import { WorklistModule } from './worklist/worklist.module.js';
import { DocumentsModule } from './documents/documents.module.js';
import { CarersModule } from './carers/carers.module.js';
import { CaseworkModule } from './casework/casework.module.js';
import { StatisticsModule } from './statistics/statistics.module.js';
import { TrainingModule } from './training/training.module.js';
import { RecruitmentModule } from './recruitment/recruitment.module.js';
import { ChildrenModule } from './children/children.module.js';
import { PlacementsModule } from './placements/placements.module.js';
import { NoticesModule } from './placements/notices.module.js';
import { MatchingModule } from './matching/matching.module.js';
import { SupportModule } from './support/support.module.js';

/** The rooms in the order of who may import whom. */
const ROOMS = [TerritoryModule, InstitutionsModule, StaffModule, WorklistModule, DocumentsModule, CarersModule, TrainingModule, RecruitmentModule, ChildrenModule, PlacementsModule, NoticesModule, MatchingModule, SupportModule, CaseworkModule, StatisticsModule];

/** What both processes share: settings, log, database and the rooms. */
@Module({})
export class AppModule {
  static api(config: Config, log: Logger, clock?: Clock): DynamicModule {
    return { module: AppModule, imports: [...AppModule.base('api', config, log, clock), DoorModule.with(StaffModule)] };
  }

  static worker(config: Config, log: Logger, clock?: Clock, queue?: Partial<QueueSettings>): DynamicModule {
    return { module: AppModule, imports: [...AppModule.base('worker', config, log, clock), QueueRunnerModule.with(queue)] };
  }

  private static base(process: 'api' | 'worker', config: Config, log: Logger, clock?: Clock) {
    return [ConfigModule.with(config, clock), LoggingModule.with(log), MetricsModule.with(process), TracingModule.with(process), DatabaseModule, QueueModule, ...ROOMS];
  }
}
