/** Entity profiles and which units they stand on. */
import type { Connection } from '../../sqlite/database.ts';

export class EntityReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }
}

export class EntityWriter extends EntityReader {}
