"""Signing up without an account: name, village and phone; a code on a slip that finds the sign-up again."""
