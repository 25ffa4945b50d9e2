"""All that one can do in the window: the one table behind shortcuts, menus and the palette."""

from __future__ import annotations

from indieartist.ui.actions import Action

ACTIONS = (
    Action("add", "Add bounces", "intake.choose", "plus", "Ctrl+O", "Release", "import open audio"),
    Action("demo", "Try our demo song", "intake.try_demo", "note", "", "Release", "sample example"),
    Action(
        "new", "New release", "handlers.new_release", "disc", "Ctrl+N", "Release", "begin start"
    ),
    Action("releases", "All releases", "handlers.show_releases", "library", "Ctrl+1", "Go"),
    Action("tracks", "All tracks", "handlers.show_tracks", "note", "Ctrl+2", "Go", "songs"),
    Action(
        "master", "Master", "handlers.show_master", "sliders", "Ctrl+3", "Go", "loudness preview"
    ),
    Action(
        "check", "Check", "handlers.show_check", "check-circle", "Ctrl+4", "Go", "issues problems"
    ),
    Action(
        "publish", "Publish", "handlers.show_publish", "send", "Ctrl+5", "Go", "deliver announce"
    ),
    Action(
        "calendar", "Calendar", "handlers.show_calendar", "calendar", "Ctrl+6", "Go", "due agenda"
    ),
    Action("back", "Back", "guide.back", "chevron-left", "Alt+Left", "Go", "history"),
    Action("on", "Forward", "guide.on", "chevron-right", "Alt+Right", "Go", "history"),
    Action(
        "facts", "Edit facts", "handlers.show_facts", "tag", "Ctrl+E", "Release", "metadata credits"
    ),
    Action(
        "edit-many",
        "Edit all its tracks",
        "handlers.edit_tracks",
        "edit",
        "Ctrl+Shift+E",
        "Release",
        "many several values find replace case",
    ),
    Action(
        "isrcs", "Paste ISRCs", "handlers.paste_isrcs", "tag", "", "Release", "list codes align"
    ),
    Action(
        "numbers",
        "Series of numbers",
        "handlers.show_numbers",
        "tag",
        "",
        "Release",
        "isrc prefix upc ean catalogue range check code iswc ipi isni grid",
    ),
    Action(
        "rename-files",
        "Rename its files",
        "handlers.rename_files",
        "edit",
        "",
        "Release",
        "batch pattern bounces many",
    ),
    Action(
        "write-tags",
        "Write tags into its files",
        "handlers.write_tags",
        "tag",
        "",
        "Release",
        "id3 metadata many batch all embed",
    ),
    Action(
        "import-folder",
        "Import a folder's tags",
        "handlers.import_folder",
        "folder",
        "",
        "Release",
        "catalogue library files releases",
    ),
    Action(
        "import-table",
        "Import a spreadsheet",
        "handlers.import_table",
        "download",
        "",
        "Release",
        "csv table catalogue columns",
    ),
    Action(
        "import-library",
        "Import another library",
        "handlers.import_library",
        "library",
        "",
        "Release",
        "merge catalogue",
    ),
    Action(
        "audit",
        "Check the whole catalogue",
        "handlers.check_catalogue",
        "check-circle",
        "Ctrl+Shift+K",
        "Release",
        "audit all releases missing isrc problems",
    ),
    Action("cover", "Choose a cover", "intake.choose_cover", "image", "", "Release", "artwork"),
    Action(
        "drop", "Remove this release", "handlers.remove_release", "trash", "", "Release", "delete"
    ),
    Action("track", "Open track", "handlers.open_track", "note", "Ctrl+Return", "Track", "page"),
    Action("rename", "Rename track", "handlers.rename_track", "edit", "F2", "Track", "title"),
    Action("approve", "Approve mix", "handlers.approve_mix", "check-circle", "", "Track"),
    Action("up", "Move track up", "handlers.move_up", "chevron-up", "", "Track", "order"),
    Action("down", "Move track down", "handlers.move_down", "chevron-down", "", "Track", "order"),
    Action("remove", "Remove track", "handlers.remove_track", "trash", "", "Track", "delete"),
    Action(
        "tags", "Tags in its files", "handlers.show_tags", "tag", "Ctrl+T", "Track", "id3 write"
    ),
    Action(
        "safety",
        "Bin, backup and way out",
        "handlers.show_safety",
        "lock",
        "",
        "History",
        "trash removed restore verify mend export everything safe history what was done",
    ),
    Action("undo", "Undo", "desk.undo", "undo", "Ctrl+Z", "History", "back revert"),
    Action("redo", "Redo", "desk.redo", "redo", "Ctrl+Shift+Z", "History", "again"),
    Action(
        "settings", "Settings", "handlers.open_settings", "gear", "Ctrl+,", "Window", "preferences"
    ),
    Action(
        "jobs",
        "Show all work",
        "handlers.show_jobs",
        "clock",
        "Ctrl+J",
        "Window",
        "progress failed",
    ),
    Action("palette", "Command palette", "guide.open_palette", "sliders", "Ctrl+K", "Window"),
    Action(
        "search",
        "Search the library",
        "handlers.search",
        "search",
        "Ctrl+F; /",
        "Window",
        "find people isrc upc label catalogue number",
    ),
    Action(
        "filter",
        "Filter the list",
        "handlers.filter_list",
        "filter",
        "Ctrl+Shift+F",
        "Window",
        "narrow tracks releases",
    ),
    Action("play", "Play or pause", "player.toggle", "play", "Space", "Player", "stop listen"),
    Action("loop", "Loop", "player.toggle_loop", "loop", "L", "Player", "repeat"),
    Action("loop-start", "Loop from here", "player.begin_loop", "loop", "[", "Player", "repeat"),
    Action("loop-end", "Loop up to here", "player.end_loop", "loop", "]", "Player", "repeat"),
    Action(
        "hear",
        "Choose what to hear",
        "player.open_versions",
        "more",
        "V",
        "Player",
        "versions service spotify model compare",
    ),
    Action(
        "blind",
        "Blind test",
        "player.open_blind",
        "headphones",
        "Ctrl+B",
        "Player",
        "abx compare favourite shuffle",
    ),
    Action(
        "render",
        "Render master",
        "handlers.render_master",
        "sliders",
        "Ctrl+R",
        "Mastering room",
        "album bounce export",
    ),
    Action(
        "hear-changes",
        "Hear changes at once",
        "handlers.hear_changes",
        "headphones",
        "Ctrl+H",
        "Mastering room",
        "preview section",
    ),
    Action(
        "next-peak",
        "Next peak over the ceiling",
        "handlers.go_to_next_peak",
        "chevron-down",
        "Alt+Down",
        "Mastering room",
        "true peak mark",
    ),
    Action(
        "previous-peak",
        "Peak before",
        "handlers.go_to_previous_peak",
        "chevron-up",
        "Alt+Up",
        "Mastering room",
        "true peak mark",
    ),
    Action(
        "zoom-loop",
        "Zoom to the loop",
        "handlers.zoom_to_loop",
        "fit",
        "Z",
        "Mastering room",
        "waveform",
    ),
    Action("next", "Next track", "player.play_next", "next", "Ctrl+Right", "Player"),
    Action("previous", "Previous track", "player.play_previous", "previous", "Ctrl+Left", "Player"),
    Action(
        "dark", "Dark appearance", "handlers.choose_dark", "moon", "", "Appearance", "theme night"
    ),
    Action(
        "light", "Light appearance", "handlers.choose_light", "sun", "", "Appearance", "theme day"
    ),
    Action(
        "system", "Appearance of the system", "handlers.choose_system", "gear", "", "Appearance"
    ),
    Action(
        "shortcuts",
        "Keyboard shortcuts",
        "guide.show_shortcuts",
        "info",
        "F1; Ctrl+/",
        "Help",
        "keys",
    ),
    Action(
        "about", "About IndieArtist", "handlers.show_about", "info", "", "Help", "version licence"
    ),
)
