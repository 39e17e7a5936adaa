"""Discord: slash commands, mentions, direct messages and movie nights (extra ``discord``)."""
