// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// The platform's voucher key, one for all collections, kept in the storage of the implementation contract itself. A clone
/// has just been delegated to that address, so reading it costs a warm call and one cold slot, 2,500 gas less than asking the
/// factory. Only the factory that deployed the implementation can change it; zero voids every voucher.
abstract contract PlatformKey {
    address private immutable HOME = address(this);
    /// The factory: deploys the implementation, and is the only one that initialises clones.
    address public immutable FACTORY = msg.sender;
    address private _platformSigner;

    error OnlyFactory();

    function platformSigner() public view returns (address) {
        return address(this) == HOME ? _platformSigner : PlatformKey(HOME).platformSigner();
    }

    function setPlatformSigner(address signer) external {
        if (msg.sender != FACTORY || address(this) != HOME) revert OnlyFactory();
        _platformSigner = signer;
    }
}
