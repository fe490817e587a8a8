/** The encrypted driver has the interface of better-sqlite3, and no types of its own. */
declare module 'better-sqlite3-multiple-ciphers' {
  import Database = require('better-sqlite3');
  export = Database;
}
