/** What no answer may hold of the server's inside: SQL, stacks, paths, names of its parts. Too long to be hit by chance in a random id. */
export const insides =
  /\bselect [^"]+ from \w|\binsert into \w|\n? +at \S+ \(?\S+:\d+:\d+|node_modules|\/packages\/|\bpg_(catalog|notify|stat)|\bkysely\b|ECONNREFUSED|ENOENT/i;
