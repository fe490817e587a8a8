/** The few line icons of the application, drawn here so that none is fetched. Decoration: the words stand beside them. */
const paths = {
  home: 'M4 11 12 4l8 7M6.5 9.5V20h11V9.5',
  import: 'M12 4v11m-4-4 4 4 4-4M5 19h14',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Zm5-1.5L20 20',
  conversations: 'M4 5h16v11H10l-4 3.5V16H4Z',
  context: 'M12 4 4 8l8 4 8-4Zm-8 8 8 4 8-4M4 16l8 4 8-4',
  memories: 'M6 4h12v16l-6-4.5L6 20Z',
  topics: 'M9 4 7 20M17 4l-2 16M5 9h15M4 15h15',
  entities: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7 8c.5-4 3.5-5.5 7-5.5s6.5 1.5 7 5.5',
  identity: 'M15 9.5a5 5 0 1 0-4.2 4.9L12 16h2v2h2v2h4v-4l-5.3-5.3c.2-.4.3-.8.3-1.2Z',
  settings: 'M4 7h10M18 7h2M4 17h2M10 17h10M16 9.5v-5M8 19.5v-5',
  keyboard: 'M3 7h18v10H3ZM7 10.5h.01M11 10.5h.01M15 10.5h.01M7 14h10M18 10.5h.01',
  leave: 'M14 5h5v14h-5M4 12h11m-4-4 4 4-4 4',
  menu: 'M4 7h16M4 12h16M4 17h16',
  close: 'm6 6 12 12M18 6 6 18',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  more: 'M5.5 12h.01M12 12h.01M18.5 12h.01',
  left: 'm14 6-6 6 6 6',
  right: 'm10 6 6 6-6 6',
  print: 'M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7Z',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className={name === 'more' ? 'icon more' : 'icon'} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
