"""Identity of people and machine reporters, second factors, keys, content-free notices."""
