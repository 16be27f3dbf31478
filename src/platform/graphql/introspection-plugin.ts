import type { ApolloServerPlugin } from '@apollo/server';
import { Problem } from '../errors.js';
import type { Config } from '../config/config.js';
import type { RequestContext } from './context.js';

/** In production the schema is shown to signed-in people only. */
export function introspectionPlugin(config: Config): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ contextValue, operation }) {
          if (!config.production || contextValue.user !== undefined || operation === undefined) return;
          const asks = operation.selectionSet.selections.some((part) => part.kind !== 'Field' || /^__(schema|type)$/.test(part.name.value));
          if (asks) throw new Problem('UNAUTHENTICATED');
        },
      };
    },
  };
}
