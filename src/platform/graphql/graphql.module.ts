import { ApolloDriver } from '@nestjs/apollo';
import type { ApolloDriverConfig } from '@nestjs/apollo';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { Inject, Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationBootstrap } from '@nestjs/common';
import { APP_GUARD, APP_PIPE } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { todayIn } from '../../kernel/civil-date.js';
import { ActorSource } from '../auth/actor-source.js';
import type { UserActor } from '../auth/roles.js';
import { Tokens } from '../auth/tokens.js';
import { Clock } from '../clock.js';
import { CONFIG } from '../config/config.module.js';
import type { Config } from '../config/config.js';
import { StandBy } from '../database/stand-by.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { LOG } from '../logging/log.js';
import { logWith } from '../logging/request-log.js';
import '../messages/platform.messages.js';
import { languageOf } from '../messages/messages.js';
import { answerPlugin, publicError } from './answer-plugin.js';
import { RequestContext } from './context.js';
import { LabelsResolver } from './labels.resolver.js';
import { DoorGuard } from './guard.js';
import './door.messages.js';
import { LIMITS, limitsPlugin } from './limits.js';
import { introspectionPlugin } from './introspection-plugin.js';
import { inputPipe } from './validation.js';

/** The GraphQL door: fresh context per request, guard, checked inputs, limits, a closed set of errors. */
@Module({})
export class DoorModule implements OnApplicationBootstrap {
  constructor(@Inject(StandBy) private readonly standBy: StandBy) {}

  onApplicationBootstrap(): void {
    this.standBy.open();
  }

  /** `actors` is the module that exports the {@link ActorSource}. */
  static with(actors: new () => object): DynamicModule {
    return {
      module: DoorModule,
      imports: [
        actors,
        GraphQLModule.forRootAsync<ApolloDriverConfig>({
          driver: ApolloDriver,
          imports: [actors],
          inject: [CONFIG, LOG, UnitOfWork, Tokens, ActorSource, Clock],
          useFactory: doorOptions,
        }),
      ],
      providers: [
        LabelsResolver,
        { provide: APP_GUARD, useClass: DoorGuard },
        { provide: APP_PIPE, useFactory: inputPipe },
      ],
    };
  }
}

function doorOptions(config: Config, log: Logger, uow: UnitOfWork, tokens: Tokens, actors: ActorSource, clock: Clock): ApolloDriverConfig {
  return {
    path: '/graphql',
    autoSchemaFile: true,
    buildSchemaOptions: { skipCheck: true }, // the contract test reads the whole schema; a start need not
    graphiql: false,
    introspection: true,
    hideSchemaDetailsFromClientErrors: config.production,
    csrfPrevention: false, // a bearer token is never sent by a browser on its own
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    parseOptions: { maxTokens: LIMITS.tokens },
    plugins: [ApolloServerPluginCacheControlDisabled(), limitsPlugin(), introspectionPlugin(config), answerPlugin(log)],
    // What the pipeline of a request finds is said again by the answer plugin, which knows whom it talks to.
    formatError: (_formatted: GraphQLFormattedError, error: unknown) => publicError(asGraphQLError(error), { language: 'en', requestId: 'door' }, log),
    context: async (request: FastifyRequest, reply: FastifyReply): Promise<RequestContext> => {
      const who = await whoIs(request.headers.authorization, tokens, actors, clock).then(
        (user) => ({ user, trouble: undefined }),
        (trouble: unknown) => ({ user: undefined, trouble }),
      );
      const context = new RequestContext(uow, request.id, languageOf(request.headers['accept-language']), who.user, request.ip, who.trouble);
      reply.raw.on('close', () => void context.abandon());
      logWith(request, context);
      return context;
    },
  };
}

/** Who sends a request, by its `Authorization` header; undefined without a token that stands. */
export async function whoIs(header: string | undefined, tokens: Tokens, actors: ActorSource, clock: Clock): Promise<UserActor | undefined> {
  const token = /^Bearer ([\w.-]{1,8000})$/.exec(header ?? '')?.[1];
  if (token === undefined) return undefined;
  const claims = await tokens.verify(token);
  return claims === undefined ? undefined : actors.load(claims, todayIn(clock.now()));
}

function asGraphQLError(error: unknown): GraphQLError {
  return error instanceof GraphQLError ? error : new GraphQLError('', { originalError: error instanceof Error ? error : undefined });
}
