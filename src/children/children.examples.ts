import { defineExample } from '../platform/graphql/page/examples.js';

defineExample(
  'Find a child',
  `query FindChild($name: String!) {
  searchChildren(name: $name) { number nameKm nameLatin ageBand id }
}`,
  { name: 'Sok' },
);
