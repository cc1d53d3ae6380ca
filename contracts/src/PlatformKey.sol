// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {FactoryMade} from "./FactoryMade.sol";

/// The platform's key, one for all clones, kept in the storage of the implementation contract itself. A clone has just been
/// delegated to that address, so reading it costs a warm call and one cold slot, 2,500 gas less than asking the factory. Only
/// the factory that deployed the implementation can change it; zero voids everything the key has signed.
abstract contract PlatformKey is FactoryMade {
    address private immutable HOME = address(this);
    address private _platformSigner;

    function platformSigner() external view returns (address) {
        return address(this) == HOME ? _platformSigner : _readPlatformSigner();
    }

    /// In a clone.
    function _readPlatformSigner() internal view returns (address signer) {
        (address home, bytes4 selector) = (HOME, this.platformSigner.selector);
        assembly ("memory-safe") {
            mstore(0x00, selector)
            // The call can only fail for want of gas.
            if iszero(staticcall(gas(), home, 0x00, 0x04, 0x00, 0x20)) { revert(0, 0) }
            signer := mload(0x00)
        }
    }

    function setPlatformSigner(address signer) external {
        _onlyFactory();
        if (address(this) != HOME) revert OnlyFactory();
        _platformSigner = signer;
    }
}
