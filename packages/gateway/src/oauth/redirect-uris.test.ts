import { describe, expect, it } from 'vitest';
import { shownName } from './client-name.ts';
import { describeRedirect, isAllowedRedirect } from './redirect-uris.ts';

describe('addresses answers may go to', () => {
  it.each([
    ['https://notes.example/cb', 'notes.example', false],
    ['https://notes.example:8443/cb?x=1', 'notes.example:8443', false],
    ['http://127.0.0.1:4000/cb', '127.0.0.1:4000', true],
    ['http://[::1]/cb', '[::1]', true],
    ['http://localhost/cb', 'localhost', true],
    ['com.example.notes:/cb', 'com.example.notes://', true],
    ['cursor://anysphere.cursor/cb', 'cursor://', true],
  ])('%s is shown as %s', (uri, host, loopback) => {
    expect(isAllowedRedirect(uri)).toBe(true);
    expect(describeRedirect(uri)).toEqual({ host, loopback });
  });

  it.each([
    'notes',
    'http://127.0.0.1.evil.example/cb',
    'http://localhost.evil.example/cb',
    'http://127.1.2.3/cb',
    'http://0.0.0.0/cb',
    'http://[::ffff:127.0.0.1]/cb',
    'https://you@notes.example/cb',
    'https://notes.example/cb#',
    'JavaScript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
  ])('%s is none', (uri) => {
    expect(isAllowedRedirect(uri)).toBe(false);
  });
});

describe('the name of an application', () => {
  it('is shown without what would make it look like something else', () => {
    expect(shownName('  Notes\u202e\u200b\n  of\tall ', 'x')).toBe('Notes of all');
    expect(shownName('\u0000\u2066', 'notes.example')).toBe('notes.example');
    expect(shownName(undefined, 'notes.example')).toBe('notes.example');
    expect([...shownName('🍞'.repeat(200), 'x')]).toHaveLength(80);
  });
});
