/** Topic profiles and which units they stand on. */
import type { Connection } from '../../sqlite/database.ts';

export class TopicReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }
}

export class TopicWriter extends TopicReader {}
