import { getMetadataArgsStorage } from 'typeorm';

/** Every class that carries `@Entity`, gathered when the rooms are imported. */
export function allEntities(): readonly (new () => object)[] {
  return getMetadataArgsStorage().tables.flatMap(({ target }) => (typeof target === 'function' ? [target as new () => object] : []));
}
