import type { ValidationRule } from 'graphql';

export function limitRules(): ValidationRule[] {
  return [];
}
