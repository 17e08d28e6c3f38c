### Errors about roles and rights.

error-role-exceeds = Your own rights do not go so far: { $verb }
error-role-system = The administrator's role cannot be changed
error-role-changed = Somebody else changed this role. Reload and try again
error-role-reach = This verb cannot reach so far
error-role-last = Somebody who can sign in must remain an administrator
