/** What Liquid has here; a test holds both lists against the language itself, which an importer does not load. */
export const KNOWN_FILTERS: ReadonlySet<string> = new Set(
  (
    'abs append at_least at_most base64_decode base64_encode capitalize ceil cgi_escape compact concat date ' +
    'date_to_long_string date_to_rfc822 date_to_string date_to_xmlschema default divided_by downcase escape ' +
    'escape_once find find_index first floor group_by has join json last lstrip map matches minus modulo ' +
    'newline_to_br normalize_whitespace number_of_words plus pop prepend push raw reject remove remove_first ' +
    'remove_last replace replace_first replace_last reverse round rstrip shift size slice sort sort_natural split ' +
    'squish strip strip_html strip_newlines sum times to_integer to_json truncate truncatewords uniq unshift upcase ' +
    'uri_escape url_decode url_encode where xml_escape'
  ).split(' '),
)

/** Tags, and what stands inside of them. */
export const KNOWN_TAGS: ReadonlySet<string> = new Set(
  (
    'assign break capture case comment continue cycle decrement echo for if increment raw unless # ' +
    'else elsif when endcapture endcase endcomment endfor endif endraw endunless'
  ).split(' '),
)
