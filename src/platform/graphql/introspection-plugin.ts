import type { ApolloServerPlugin } from '@apollo/server';
import { Problem } from '../errors.js';
import type { Config } from '../config/config.js';
import type { RequestContext } from './context.js';

/** In production the schema is shown to signed-in people only. Comes after the limits, which learn whether it is asked for. */
export function introspectionPlugin(config: Config): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ contextValue }) {
          if (config.production && contextValue.user === undefined && contextValue.asksForSchema()) throw new Problem('UNAUTHENTICATED');
        },
      };
    },
  };
}
